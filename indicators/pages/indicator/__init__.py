"""/indikatorer/ and one indicator."""

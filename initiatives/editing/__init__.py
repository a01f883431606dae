"""Changes of initiatives and partners."""

"""What every address of every app shares: query parameters, the read-only viewset, a list as CSV or XLSX."""

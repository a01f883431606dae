"""What every address of every app shares: query parameters, read-only viewset, a list as CSV or XLSX, joined styles."""

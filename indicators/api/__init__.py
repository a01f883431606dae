"""The JSON of indicators and observations, read and written."""

"""Indicators as YAML: the schema and the loader."""

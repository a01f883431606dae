"""Plan documents as YAML: schema, checks, load, dump."""

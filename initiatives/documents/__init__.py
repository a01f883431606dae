"""Initiatives in plan documents: schema, load, dump."""

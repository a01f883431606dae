"""A frame written to observations in one transaction, diffed, and taken back; one module a database."""

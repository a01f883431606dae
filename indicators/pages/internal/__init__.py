"""/interne-tal/: the municipality's own measures, for staff."""

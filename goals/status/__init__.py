"""Numbers joined with targets and judged: a plan's status on a day."""

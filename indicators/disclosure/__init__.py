"""Which numbers may be shown to whom: the rule, the sums it protects, and internal access."""

"""Demo figures and texts, made from fixed seeds and marked as invented."""

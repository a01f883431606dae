"""Filters by which templates say what `goals.sentences` makes of rows."""

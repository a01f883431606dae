"""A status drawn: bullet, step chart, Plotly."""

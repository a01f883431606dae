"""Rows in, picture out: line, dots, dumbbell, small multiple, Plotly; goals draws with the tools of svg.py too."""

"""/forbundne-kar/: benefit groups side by side."""

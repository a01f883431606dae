"""/sammenlign/: comparison, ranking, funnel, benchmark."""

"""What is measured and what the numbers are. On its ground stands what every room may read; the rooms are listed in
docs/architecture.md."""

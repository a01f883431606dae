"""What a person sees of the figures, a room for each group of pages."""

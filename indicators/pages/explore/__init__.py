"""/udforsk/: a figure of one's own choice."""

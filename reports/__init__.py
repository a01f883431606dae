"""The committee's papers, assembled as known on a date; one *_file.py a format."""

"""Pages that need all the apps: front page, changes, glossary, editorial overview."""

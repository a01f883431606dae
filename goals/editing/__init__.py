"""What an editor changes: changes, forms and views for each noun."""

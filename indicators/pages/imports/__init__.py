"""/import/: upload, preview, confirm, undo."""

"""An import as a run: queued, claimed, executed, checked, held, approved, recovered."""

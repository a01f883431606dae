"""Status updates from draft to approved: /mine/, /godkend/, deadlines, reminders."""

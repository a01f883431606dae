"""Who may do what, and who did what: users, teams, roles, tokens, audit trail."""

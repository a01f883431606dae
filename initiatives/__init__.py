"""What is done about it: initiatives, partners, target groups, status updates."""

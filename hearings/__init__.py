"""What others say of a plan, and the answers."""

"""What a citizen reads: plan, goal, themes, the front page's table."""

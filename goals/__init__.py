"""What was promised, and whether it is kept. On its ground: judging and workflow, the two rules that others quote."""

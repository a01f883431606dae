"""The JSON of plans, objectives and measured observations."""

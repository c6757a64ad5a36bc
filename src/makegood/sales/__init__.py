"""Before the order: briefs, plans and holds. Knows no creative and no order."""

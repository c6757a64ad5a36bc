"""Goals and what is in sight of them by month, for sellers, teams, categories and properties, down to orders and briefs."""

from makegood.insight.goals.drill import Source, sources
from makegood.insight.goals.grid import BY, Cell, Grid, Row, categories, goal, grid, usual

__all__ = ["BY", "Cell", "Grid", "Row", "Source", "categories", "goal", "grid", "sources", "usual"]

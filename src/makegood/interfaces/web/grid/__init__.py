"""The one grid: every list of the product. State lives in the URL; rows come from a package's query."""

from makegood.interfaces.web.grid.columns import Column
from makegood.interfaces.web.grid.definition import BulkAction, Button, Grid
from makegood.interfaces.web.grid.listing import page
from makegood.interfaces.web.grid.seen import Page
from makegood.interfaces.web.grid.views import context, grid_view, part

__all__ = ["BulkAction", "Button", "Column", "Grid", "Page", "context", "grid_view", "page", "part"]

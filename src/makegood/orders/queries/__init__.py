"""Reads of orders as far as an actor may see: lists for the grid, the campaign, an import, what changed."""

from makegood.orders.queries.campaign import campaign
from makegood.orders.queries.commitments import booked_against
from makegood.orders.queries.imports import import_list, import_view
from makegood.orders.queries.layouts import changes, layout_list, learnt
from makegood.orders.queries.lists import flight_list, line_list, order_list, papers, visible_to
from makegood.orders.queries.revisions import diff

__all__ = [
    "booked_against", "campaign", "changes", "diff", "flight_list", "import_list", "import_view", "layout_list", "learnt", "line_list", "order_list", "papers",
    "visible_to",
]  # fmt: skip

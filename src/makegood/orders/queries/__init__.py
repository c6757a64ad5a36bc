"""Reads of orders as far as an actor may see: lists for the grid, the campaign, an import, what changed."""

from makegood.orders.queries.campaign import campaign
from makegood.orders.queries.changes import change_list, change_view, open_change, to_sign
from makegood.orders.queries.commitments import booked_against
from makegood.orders.queries.imports import import_list, import_view
from makegood.orders.queries.layouts import layout_list, learnt, read_otherwise
from makegood.orders.queries.lists import flight_list, line_list, order_list, papers, visible_to
from makegood.orders.queries.revisions import between, diff

__all__ = [
    "between", "booked_against", "campaign", "change_list", "change_view", "diff", "flight_list", "import_list", "import_view", "layout_list",
    "learnt", "line_list", "open_change", "order_list", "papers", "read_otherwise", "to_sign", "visible_to",
]  # fmt: skip

"""The lists of orders, lines and flights."""

import datetime
from typing import TYPE_CHECKING, Any

from makegood.core import queries
from makegood.delivery.models import Pace
from makegood.delivery.queries import lists
from makegood.interfaces.web import components as c
from makegood.interfaces.web import links
from makegood.interfaces.web.grid import Button, Column, Grid
from makegood.interfaces.web.orders import bulk
from makegood.orders import queries as orders
from makegood.orders import states

if TYPE_CHECKING:
    from makegood.core.models import Person

NEW, IMPORT = f"{links.page('orders')}new/", links.page("imports")
FIRST = c.Empty(
    "No orders yet", "An order is what a client signs. Bring the first in three steps.",
    ("Drop the IO the agency sent: xlsx, xls, csv or PDF.", "Check what was read, beside the page.", "Create the draft, submit it, sign and book."),
    "file-text", "Import an order", IMPORT,
)  # fmt: skip


def people(actor: "Person") -> list[tuple[int, str]]:
    """The seller's people as choices."""
    return [(person.pk, person.name) for person in queries.staff()]


def promise(line: Any) -> c.Promise | None:
    """The promise bar of a line, None before anything was measured."""
    pace = getattr(line, "pace", None)
    if pace is None:
        return None
    return c.Promise(pace.goal, pace.delivered, pace.projected, pace.projected_low, pace.projected_high, pace.state, line.unit)


def _risk(row: Any) -> str:
    return "risk" if row.at_risk else ""


def _at_risk(row: Any) -> Any:
    return row.at_risk or None


def _length(flight: Any) -> datetime.timedelta | int:
    return (flight.end - flight.start).days + 1


ORDERS = Grid(
    key="orders", title="Orders", rows=lists.order_list, area="orders", noun=("order", "orders"), row_height=43,
    columns=(
        Column("name", "Order", second="advertiser.party.name", width=260),
        Column("number", "Number", filterable=True),
        Column("status", "Status", "badge", choices=states.OrderStatus.choices, filterable=True),
        Column("standing", "State", "state", choices=Pace.State.choices, filterable=True),
        Column("start", "Start", "date", filterable=True),
        Column("end", "End", "date", filterable=True),
        Column("lines_count", "Lines", "int"),
        Column("gross", "Gross", "money", total=True, filterable=True),
        Column("net", "Net", "money", total=True, hidden=True),
        Column("at_risk", "At risk", "money", source=_at_risk, field="at_risk", total=True, tone=_risk, filterable=True),
        Column("campaign_manager", "Runs it", "person", filterable=True, choices=people, field="campaign_manager"),
        Column("agency", "Agency", source="agency.party.name", field="agency__party__name", filterable=True, hidden=True),
        Column("account_manager", "Account manager", "person", filterable=True, choices=people, field="account_manager", hidden=True),
        Column("external_number", "Their number", filterable=True, hidden=True),
        Column("revision", "Revision", "int", hidden=True),
    ),
    default_sort="-start", groupable=("status", "campaign_manager"), link=links.record,
    search=("name", "number", "external_number", "advertiser__party__name", "agency__party__name"),
    actions=bulk.ORDERS,
    quick=(("Mine", "campaign_manager=me"), ("To sign and book", "status=approved,signed"), ("Waiting for approval", "status=pending"),
           ("Running", "status=booked,live"), ("At risk", "standing=risk,blocked")),
    buttons=(Button("New order", NEW, "plus"), Button("Import an order", IMPORT, "file-import", primary=True)),
    empty=FIRST,
)  # fmt: skip

LINES = Grid(
    key="lines", title="Lines", rows=lists.line_list, area="orders", noun=("line", "lines"), row_height=43,
    crumbs=(c.Crumb("Orders", links.page("orders")), c.Crumb("Lines")),
    columns=(
        Column("name", "Line", second="order.name", width=240),
        Column("advertiser", "Advertiser", source="order.advertiser.party.name", field="order__advertiser__party__name", filterable=True),
        Column("status", "Status", "badge", choices=states.LineStatus.choices, filterable=True),
        Column("standing", "State", "state", choices=Pace.State.choices, filterable=True),
        Column("start", "Start", "date", filterable=True),
        Column("end", "End", "date", filterable=True),
        Column("quantity", "Promised", "int", filterable=True),
        Column("delivered", "Delivered", "int"),
        Column("promise", "Promise", "promise", source=promise, sortable=False, width=170),
        Column("rate", "Rate", "money", currency="order.currency"),
        Column("rate_type", "Sold by", hidden=True, filterable=True),
        Column("amount", "Value", "money", total=True, currency="order.currency"),
        Column("at_risk", "At risk", "money", source=_at_risk, field="at_risk", total=True, currency="order.currency", tone=_risk, hidden=True),
        Column("product", "Product", source="product.name", field="product__name", filterable=True, hidden=True),
        Column("property", "Property", source="product.property.name", field="product__property__name", filterable=True, hidden=True),
        Column("manager", "Runs it", "person", source="order.campaign_manager", field="order__campaign_manager", choices=people,
               filterable=True, hidden=True),
    ),
    default_sort="-start", groupable=("status", "standing", "product", "property"), link=lambda line: links.record(line.order),
    search=("name", "order__name", "order__number", "order__advertiser__party__name", "product__name"), actions=bulk.LINES,
    quick=(("Mine", "manager=me"), ("Live", "status=live"), ("Starts this week", "start=today..today+7"), ("At risk", "standing=risk,blocked")),
    empty=FIRST,
)  # fmt: skip

FLIGHTS = Grid(
    key="flights", title="Flights", rows=orders.flight_list, area="orders", noun=("flight", "flights"), row_height=43,
    crumbs=(c.Crumb("Orders", links.page("orders")), c.Crumb("Flights")),
    columns=(
        Column("line", "Flight", source=lambda flight: f"{flight.line.name}, flight {flight.number}", field="line__name", second="line.order.name", width=300),
        Column("advertiser", "Advertiser", source="line.order.advertiser.party.name", field="line__order__advertiser__party__name", filterable=True),
        Column("status", "Status", "badge", choices=states.LineStatus.choices, filterable=True),
        Column("start", "Start", "date", filterable=True),
        Column("end", "End", "date", filterable=True),
        Column("days", "Days", "int", source=_length, sortable=False),
        Column("goal", "Goal", "int", filterable=True),
        Column("unit", "Unit", source="line.unit", filterable=True),
        Column("property", "Property", source="line.product.property.name", field="line__product__property__name", filterable=True),
        Column("manager", "Runs it", "person", source="line.order.campaign_manager", field="line__order__campaign_manager", choices=people,
               filterable=True),
    ),
    default_sort="-start", groupable=("status", "property"), link=lambda flight: links.record(flight.line.order),
    search=("line__name", "line__order__name", "line__order__number", "line__order__advertiser__party__name"), actions=bulk.FLIGHTS,
    quick=(("Starts this week", "start=today..today+7"), ("Live", "status=live"), ("Paused", "status=paused")),
    empty=FIRST,
)  # fmt: skip

"""The list of campaigns by their reports."""

import datetime
from typing import TYPE_CHECKING, Any

from makegood.core import queries
from makegood.insight import reports
from makegood.insight.actions import reporting
from makegood.interfaces.web import components as c
from makegood.interfaces.web import links
from makegood.interfaces.web.grid import BulkAction, Column, Grid
from makegood.interfaces.web.grid.definition import Button
from makegood.orders.states import OrderStatus

if TYPE_CHECKING:
    from makegood.core.models import Person


def _people(actor: "Person") -> list[tuple[int, str]]:
    return [(person.pk, person.name) for person in queries.staff()]


def _make(order: Any, actor: "Person", at: datetime.datetime, asked: dict[str, Any]) -> None:
    reporting.make(order, by=actor, at=at)


REPORTS = Grid(
    key="reports",
    title="Reports",
    rows=reports.campaign_list,
    columns=(
        Column("name", "Campaign", second="advertiser.party.name", width=260),
        Column("status", "Status", "badge", choices=[one for one in OrderStatus.choices if one[0] in reports.RAN], filterable=True),
        Column("number", "Order", hidden=True),
        Column("start", "Starts", "date", filterable=True, hidden=True),
        Column("end", "Ends", "date", filterable=True),
        Column("gross", "Booked", "money", total=True),
        Column("owner", "Owner", "person", source="campaign_manager", filterable=True, choices=_people, hidden=True),
        Column("reported", "Report made", "datetime", source="reported_at", filterable=True),
        Column("said", "What it says", sortable=False, width=330),
    ),
    default_sort="-end",
    groupable=("status",),
    search=("name", "number", "advertiser__party__name"),
    link=lambda order: links.part("report", order.pk),
    actions=(BulkAction("make", "Make reports", _make, verb="insight.report", icon="report", consequence="PDF, Excel and PowerPoint of each; the client can read them."),),
    buttons=(Button("Leadership", links.page("leadership"), "chart-bar"),),
    quick=(("Ended", "status=completed,closed"), ("Live", "status=live"), ("Ended this week", "end=today-7..today")),
    empty=c.Empty(
        "No campaign has run yet", "From its first day a campaign has a report here: promised and delivered, by day, creative and placement, with its bills.",
        ("Book an order.", "Publish its plan.", "Make the report when it ends."), "chart-bar", "Orders", links.page("orders"),
    ),
    noun=("campaign", "campaigns"),
    area="reports",
    row_height=43,
)  # fmt: skip

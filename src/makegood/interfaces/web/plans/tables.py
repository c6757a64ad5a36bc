"""The lists of briefs and of holds."""

import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone

from makegood.interfaces.web import components as c
from makegood.interfaces.web import links
from makegood.interfaces.web.grid import BulkAction, Button, Column, Grid
from makegood.interfaces.web.orders.tables import people
from makegood.sales import queries, states
from makegood.sales.actions import briefs, extending
from makegood.workflows import holding

if TYPE_CHECKING:
    from makegood.core.models import Person

NEW, HOLDS = f"{links.page('plans')}new/", f"{links.page('plans')}holds/"


class Why(forms.Form):
    """Why it was lost: the reason is counted."""

    why = forms.CharField(label="Why", max_length=300)


class Longer(forms.Form):
    """Until when, and why."""

    days = forms.IntegerField(label="Days from now", min_value=1, max_value=14, initial=7)
    why = forms.CharField(label="Why", max_length=200)


def _propose(row: Any, actor: "Person", at: datetime.datetime, asked: dict[str, Any]) -> None:
    briefs.propose(row, by=actor, at=at)


def _win(row: Any, actor: "Person", at: datetime.datetime, asked: dict[str, Any]) -> None:
    briefs.win(row, by=actor, at=at)


def _lose(row: Any, actor: "Person", at: datetime.datetime, asked: dict[str, Any]) -> None:
    briefs.lose(row, by=actor, at=at, why=asked["why"])


def _release(row: Any, actor: "Person", at: datetime.datetime, asked: dict[str, Any]) -> None:
    holding.release(row, by=actor, at=at)


def _extend(row: Any, actor: "Person", at: datetime.datetime, asked: dict[str, Any]) -> None:
    extending.extend(row, at + datetime.timedelta(days=asked["days"]), by=actor, at=at, why=asked["why"])


def _may(to: str) -> Any:
    def check(row: Any, actor: "Person") -> str:
        return "" if row.machine.allows(row.status, to) else f"is {row.get_status_display().lower()}"

    return check


def _held(row: Any, actor: "Person") -> str:
    return "" if row.status == "held" and row.expires_at > timezone.now() else "is no longer in force"


BRIEFS = Grid(
    key="briefs", title="Plans", rows=queries.brief_list, area="plans", noun=("brief", "briefs"), row_height=43,
    columns=(
        Column("name", "Brief", second="advertiser.party.name", width=260),
        Column("status", "Status", "badge", choices=states.BriefStatus.choices, filterable=True, live=()),
        Column("objective", "Objective", filterable=True, choices=queries.OBJECTIVES),
        Column("start", "Start", "date", filterable=True),
        Column("end", "End", "date", filterable=True),
        Column("budget", "Budget", "money", total=True, filterable=True),
        Column("probability_pct", "Probability", "int", unit="%"),
        Column("weighted", "Pipeline", "money", total=True),
        Column("owner", "Owner", "person", filterable=True, choices=people, field="owner"),
        Column("property", "Property", source="property.name", field="property__name", filterable=True, hidden=True),
        Column("agency", "Agency", source="agency.party.name", field="agency__party__name", filterable=True, hidden=True),
        Column("received_at", "Received", "datetime", filterable=True, hidden=True),
    ),
    default_sort="start", groupable=("status", "owner", "objective"), default_filters={"status": "open,proposed"},
    search=("name", "advertiser__party__name", "agency__party__name", "audience"), panel=lambda brief: f"{links.page('plans')}briefs/{brief.pk}/",
    actions=(
        BulkAction("propose", "Mark proposed", _propose, check=_may("proposed"), verb="sales.brief", icon="send"),
        BulkAction("win", "Won", _win, check=_may("won"), verb="sales.brief", icon="trophy", consequence="Counts as won at its whole budget."),
        BulkAction("lose", "Lost", _lose, check=_may("lost"), form=Why, verb="sales.brief", icon="mood-sad"),
    ),
    quick=(("Mine", "status=open,proposed&owner=me"), ("Won", "status=won"), ("Lost", "status=lost")),
    buttons=(Button("Holds", HOLDS, "clock"), Button("New brief", NEW, "plus", primary=True)),
    empty=c.Empty("No briefs yet", "A brief is what a client wants: objective, money, dates. Weighted by its probability it is the pipeline.",
                  ("Write down what was asked.", "Hold inventory and propose.", "Win it: import the IO."), "bulb", "New brief", NEW),
)  # fmt: skip

HELD = Grid(
    key="holds", title="Holds", rows=queries.hold_list, area="plans", noun=("hold", "holds"), row_height=43,
    crumbs=(c.Crumb("Plans", links.page("plans")), c.Crumb("Holds")),
    columns=(
        Column("product", "Product", source="product.name", field="product__name", second="product.property.name", width=240),
        Column("advertiser", "For", source="advertiser.party.name", field="advertiser__party__name", filterable=True),
        Column("status", "Status", "badge", choices=states.HoldStatus.choices, filterable=True, live=()),
        Column("start", "Start", "date", filterable=True),
        Column("end", "End", "date", filterable=True),
        Column("units", "Units", "int"),
        Column("share_pct", "Share", "int", unit="%", hidden=True),
        Column("waits_for", "Behind", source="waits_for.advertiser.party.name", field="waits_for__advertiser__party__name", filterable=True),
        Column("place", "Place", "int"),
        Column("due", "Lapses", "due", source="expires_at", field="expires_at", filterable=True),
        Column("owner", "Owner", "person", filterable=True, choices=people, field="owner"),
        Column("reason", "Why"),
    ),
    default_sort="due", default_filters={"status": "held,queued"}, search=("product__name", "advertiser__party__name", "reason"),
    actions=(
        BulkAction("release", "Release", _release, check=_held, verb="sales.release", icon="lock-open", consequence="Others may have it at once."),
        BulkAction("extend", "Extend", _extend, check=_held, form=Longer, verb="sales.hold", icon="clock-plus"),
    ),
    quick=(("Mine", "status=held,queued&owner=me"), ("In a queue", "status=queued")), buttons=(Button("Place a hold", f"{links.page('inventory')}hold/", "calendar-plus", primary=True),),
    empty=c.Empty("Nothing is held", "A hold keeps inventory for a client until it lapses.", icon="clock", action="Place a hold", url=f"{links.page('inventory')}hold/"),
)  # fmt: skip

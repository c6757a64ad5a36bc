"""The list of lines by how their promise stands."""

import datetime
from typing import TYPE_CHECKING, Any

from makegood.core import queries
from makegood.delivery import proposals
from makegood.delivery.models import Pace
from makegood.delivery.queries import pacing
from makegood.interfaces.web import components as c
from makegood.interfaces.web import formats, links
from makegood.interfaces.web.grid import BulkAction, Column, Grid
from makegood.workflows import winning_back

if TYPE_CHECKING:
    from makegood.core.models import Person

STATES = [(state, Pace.State(state).label) for state in ("blocked", "risk", "watch", "ok")]


def _people(actor: "Person") -> list[tuple[int, str]]:
    return [(person.pk, person.name) for person in queries.staff()]


def promise(pace: Pace) -> c.Promise:
    """The bar of a line."""
    return c.Promise(pace.goal, pace.delivered, pace.projected, pace.projected_low, pace.projected_high, pace.state, pace.line.unit)


def _tone(pace: Pace) -> str:
    return "" if pace.state == "ok" else pace.state


def projection(pace: Pace) -> c.Explanation:
    """How the finish and the money were computed."""
    missing, code = max(0, pace.goal - pace.projected), pace.line.order.currency
    return c.Explanation(
        "What is at risk",
        formula=[
            c.Term("", "missing at the end", formats.integer(missing)), c.Term("÷", "promised", formats.integer(pace.goal)),
            c.Term("×", "value of the line", formats.money(pace.line.amount, code)), c.Term("=", "at risk", formats.money(pace.at_risk, code)),
        ],
        note="The rate of the last seven days per unit of traffic, carried over the traffic still to come; serving stops at the goal.",
        as_of=formats.moment(pace.as_of), source_url=links.part("pacing", pace.line_id),
    )  # fmt: skip


def _changes(pace: Any, actor: "Person") -> str:
    free = pace.line.recommendations.filter(status="proposed", kind__in=proposals.DELIVERY_ONLY)
    return "" if free.exists() else "nothing to change without a signature"


def _apply(pace: Any, actor: "Person", at: datetime.datetime, asked: dict[str, Any]) -> None:
    free = pace.line.recommendations.filter(status="proposed", kind__in=proposals.DELIVERY_ONLY)
    winning_back.apply(list(free), by=actor, at=at)


PACING = Grid(
    key="pacing",
    title="Pacing",
    rows=pacing.pace_list,
    columns=(
        Column("line", "Line", source="line.name", second="line.order.advertiser.party.name", width=190),
        Column("state", "State", "state", choices=STATES, filterable=True, hidden=True),
        Column("order", "Campaign", source="line.order.name", filterable=True, hidden=True),
        Column("owner", "Owner", "person", source="line.order.campaign_manager", filterable=True, choices=_people, hidden=True),
        Column("start", "Starts", "date", source="line.start", filterable=True, hidden=True),
        Column("end", "Ends", "date", source="line.end", filterable=True),
        Column("goal", "Promised", "int", total=True, filterable=True),
        Column("osi", "OSI", "int", unit="%", tone=_tone),
        Column("yesterday", "Yesterday", "int", total=True),
        Column("needed", "Needed a day", "int", source="needed_per_day", total=True),
        Column("promise", "Promise", "promise", source=promise, field="projected_share", width=120),
        Column("projected", "Projected", "percent", source="projected_share", tone=_tone, decimals=1),
        Column("delivered", "Delivered", "int", total=True, hidden=True),
        Column("at_risk", "At risk", "money", source=lambda pace: pace.at_risk or None, field="at_risk", total=True, currency="line.order.currency", decimals=0, strong=True,
               explain=lambda pace: projection(pace) if pace.at_risk else None),
        Column("finding", "Finding", sortable=False, hidden=True),
    ),
    default_sort="-at_risk",
    group_by="state",
    groupable=("state", "owner"),
    default_filters={"start": "..today"},
    search=("line__name", "line__order__name", "line__order__number", "line__order__advertiser__party__name"),
    link=lambda pace: links.part("pacing", pace.line_id),
    panel=lambda pace: links.part("pacing", pace.line_id),
    actions=(
        BulkAction(
            "apply", "Apply recommended changes", _apply, check=_changes, verb="delivery.apply", icon="wand",
            consequence="Delivery only, no signature. Each line's plan is published at once.",
        ),
    ),
    quick=(("Off pace", "state=blocked,risk,watch"), ("Mine", "owner=me"), ("Ends within a week", "end=today..today%2B7")),
    empty=c.Empty(
        "No line is running", "Every booked line whose units the ad server counts stands here from its first day, with where it will end.",
        ("Book an order.", "Assign approved creatives.", "Publish the plan."), "activity", "Orders", links.page("orders"),
    ),
    noun=("line", "lines"),
    area="pacing",
    crumbs=(c.Crumb("Pacing", links.page("pacing")), c.Crumb("Guaranteed lines")),
    row_height=40,
)  # fmt: skip

"""The list of launches, and that of placements with their tags."""

from typing import Any

from django.urls import reverse

from makegood.catalog import queries as catalog
from makegood.catalog.models import Format
from makegood.interfaces.web import links
from makegood.interfaces.web.components import Crumb, Empty
from makegood.interfaces.web.grid import Button, Column, Grid
from makegood.orders.states import OrderStatus
from makegood.trafficking.queries import launches, tags


def _creatives(order: Any) -> str:
    return f"{order.covered} of {order.open}"


def _short(order: Any) -> str:
    return "" if order.covered >= order.open else "watch m5"


def _qa(order: Any) -> str:
    return {None: "warn", True: "pass", False: "fail"}[order.qa_passed]


def _set_up(order: Any) -> str:
    return f"{order.ready} of {order.open}"


def _size(place: Any) -> str:
    if place.width and place.height:
        return f"{place.width}×{place.height}"
    return f"{place.duration_s} s" if place.duration_s else ""


def _kinds(place: Any) -> str:
    return ", ".join(tags.KINDS[kind] for kind in tags.kinds(place))


LAUNCHES = Grid(
    key="trafficking",
    title="Trafficking",
    rows=launches.launch_list,
    columns=(
        Column("name", "Campaign", second="advertiser.party.name", width=300),
        Column("number", "Order"),
        Column("status", "Status", "badge", choices=OrderStatus.choices, filterable=True),
        Column("launch", "Launch", "due", field="launch", filterable=True),
        Column("starts", "First day", "date", source="launch", field="launch"),
        Column("creatives", "With creatives", source=_creatives, field="covered", tone=_short),
        Column("ready", "Published", source=_set_up, field="ready"),
        Column("qa", "QA", "state", source=_qa, field="qa_passed", choices=(("pass", "Passed"), ("fail", "Failed"), ("warn", "To run"))),
        Column("qa_at", "Checked", "datetime", field="qa_at"),
        Column("trafficker", "Trafficker", "person", field="trafficker__name"),
    ),
    default_sort="starts",
    groupable=("status",),
    search=("name", "number", "advertiser__party__name"),
    link=lambda order: links.part("trafficking", order.pk),
    quick=(("Booked", "status=booked"), ("Live", "status=live")),
    empty=Empty(
        "Nothing to set up", "Booked orders appear here with what their flights still lack.",
        ("Assign approved creatives to flights.", "A second person runs the QA.", "Publish: the ad servers take the plan within seconds."), "send",
    ),
    noun=("launch", "launches"),
    area="trafficking",
    row_height=43,
    buttons=(Button("Tags", "/trafficking/tags/", "code"),),
)  # fmt: skip

TAGS = Grid(
    key="tags",
    title="Tags",
    rows=catalog.placement_list,
    columns=(
        Column("name", "Placement", second="property.name", width=300),
        Column("code", "Code"),
        Column("format", "Format", "badge", choices=Format.choices, filterable=True),
        Column("size", "Size", source=_size, sortable=False),
        Column("kinds", "Asked for by", source=_kinds, sortable=False, width=320),
    ),
    default_sort="name",
    groupable=("format",),
    search=("name", "code", "property__name"),
    link=lambda place: reverse("tag", args=[place.pk]),
    crumbs=(Crumb("Trafficking", "/trafficking/"), Crumb("Tags")),
    empty=Empty("No placements", "A placement is a place an ad can be; its tag is what a page, player or server asks with.", (), "code"),
    noun=("placement", "placements"),
    area="trafficking",
    row_height=43,
)  # fmt: skip

"""The lists of vendors' files and of discrepancies."""

from typing import TYPE_CHECKING

from makegood.core import queries
from makegood.delivery.models import CountLoad, Discrepancy
from makegood.delivery.queries import discrepancies, vendor_files
from makegood.interfaces.web import components as c
from makegood.interfaces.web import links
from makegood.interfaces.web.grid import Column, Grid
from makegood.interfaces.web.grid.definition import Button

if TYPE_CHECKING:
    from makegood.core.models import Person

TONES = {"incident": "risk", "reconcile": "watch"}
TIERS = [(one.value, one.label) for one in Discrepancy.Tier]


def _state(load: CountLoad) -> str:
    return "Counted" if load.loaded_at else "Waiting"


def _tone(one: Discrepancy) -> str:
    return TONES.get(one.tier, "")


def _people(actor: "Person") -> list[tuple[int, str]]:
    return [(person.pk, person.name) for person in queries.staff()]


LOADS = Grid(
    key="counts", title="Third-party counts", rows=vendor_files.load_list, area="pacing", noun=("file", "files"), row_height=43,
    crumbs=(c.Crumb("Pacing", links.page("pacing")), c.Crumb("Third-party counts")),
    columns=(
        Column("file", "File", source="document.name", field="document__name", width=300),
        Column("vendor", "Who counted", filterable=True),
        Column("state", "State", "badge", source=_state, sortable=False, live=("Counted",)),
        Column("rows", "Flight-days", "int"),
        Column("changed", "New or changed", "int"),
        Column("impressions", "Impressions", "int", total=True),
        Column("by", "Sent by", source="by.name", field="by__name"),
        Column("at", "Received", "datetime", filterable=True),
    ),
    default_sort="-at", link=lambda load: links.to("delivery.countload", load.pk), search=("document__name", "vendor"),
    buttons=(Button("Discrepancies", links.page("discrepancies"), "scale"),),
    empty=c.Empty("No file was loaded yet", "What you drop above is read at once: columns, days and placements, with every doubt at its cell.", icon="file-spreadsheet"),
)  # fmt: skip

BOARD = Grid(
    key="discrepancies", title="Discrepancies", rows=discrepancies.discrepancy_list, area="pacing", noun=("line", "lines"), row_height=43,
    crumbs=(c.Crumb("Pacing", links.page("pacing")), c.Crumb("Discrepancies")),
    columns=(
        Column("line", "Line", source="line.name", second="line.order.advertiser.party.name", width=190),
        Column("tier", "Band", "badge", source="get_tier_display", field="tier", choices=TIERS, filterable=True, live=()),
        Column("ours", "Ours, net", "int", total=True),
        Column("theirs", "Theirs", "int", total=True),
        Column("share", "They count", "percent", source=lambda one: None if one.share is None else -one.share, field="share", decimals=1, tone=_tone),
        Column("at_stake", "Between them", "money", total=True, currency="line.order.currency", decimals=0, strong=True),
        Column("cause", "Likeliest cause", source=lambda one: discrepancies.words(one).sentence, field="cause", choices=list(Discrepancy.Cause.choices),
               filterable=True, second=lambda one: discrepancies.words(one).step, width=330),
        Column("owner", "Whose it is", source=lambda one: str(discrepancies.words(one).owner or ""), sortable=False),
        Column("manager", "Campaign manager", "person", source="line.order.campaign_manager", filterable=True, choices=_people, hidden=True),
        Column("vendor", "Who counted", filterable=True, hidden=True),
        Column("last", "Counted to", "date", filterable=True, hidden=True),
    ),
    default_sort="-at_stake", default_filters={"tier": "incident,reconcile"}, groupable=("tier",),
    search=("line__name", "line__order__name", "line__order__number", "line__order__advertiser__party__name", "vendor"),
    link=lambda one: links.part("discrepancy", one.line_id), panel=lambda one: links.part("discrepancy", one.line_id),
    quick=(("Incidents", "tier=incident"), ("All lines", "tier="), ("Mine", "manager=me")),
    buttons=(Button("Load counts", links.page("counts"), "file-import"),),
    empty=c.Empty(
        "Nobody else has counted yet", "Load a delivery file of the client's ad server: from the second day each difference has a cause and a next step.",
        icon="scale", action="Load counts", url=links.page("counts"),
    ),
)  # fmt: skip

"""The list of creatives."""

import math
from typing import Any

from makegood.catalog.models import Format
from makegood.creatives import shapes, states
from makegood.creatives.queries import lists
from makegood.interfaces.web import links
from makegood.interfaces.web.components import Empty
from makegood.interfaces.web.grid import Column, Grid
from makegood.interfaces.web.grid.definition import Button

VERDICTS = (("pass", "Pass"), ("warn", "Warn"), ("fail", "Fail"))
REVIEW = f"{links.page('creatives')}review/"
UPLOAD = f"{links.page('creatives')}upload/"


def _status(creative: Any) -> str:
    return str(states.VersionStatus(creative.latest_status).label) if creative.latest_status else ""


def _kb(creative: Any) -> int | None:
    return math.ceil(creative.latest_bytes / 1024) if creative.latest_bytes else None


CREATIVES = Grid(
    key="creatives",
    title="Creatives",
    rows=lists.creative_list,
    columns=(
        Column("name", "Creative", second="advertiser.party.name", width=300),
        Column("shape", "Size or length", source=shapes.label, sortable=False),
        Column("format", "Format", "badge", choices=Format.choices, filterable=True, live=(), hidden=True),
        Column("version", "Version", "int", source="latest_number", field="latest_number"),
        Column("status", "Status", "badge", source=_status, field="latest_status", choices=states.VersionStatus.choices, filterable=True, live=()),
        Column("checks", "Checks", "state", source="latest_verdict", field="latest_verdict", choices=VERDICTS, filterable=True),
        Column("weight", "Weight", "int", source=_kb, field="latest_bytes", unit="KB"),
        Column("advertiser", "Advertiser", source="advertiser.party.name", field="advertiser__party__name", filterable=True, hidden=True),
        Column("brand", "Brand", source="brand.name", field="brand__name", filterable=True),
        Column("category", "Category", source="declared_category", filterable=True, hidden=True),
        Column("received", "Received", "datetime", source="latest_at", field="latest_at", filterable=True),
    ),
    default_sort="-received",
    groupable=("status", "advertiser", "brand"),
    search=("name", "advertiser__party__name", "brand__name", "click_url"),
    link=links.record,
    buttons=(Button("Review queue", REVIEW, "checklist"), Button("Upload creatives", UPLOAD, "upload", primary=True),),
    quick=(("To decide", "status=in_review"), ("Fails its spec", "status=failed"), ("Sent back", "status=rejected")),
    empty=Empty(
        "No creatives yet", "Every file is checked against the spec as it arrives, and says how to fix what fails.",
        ("Upload images, HTML5 zips, audio, video, VAST tags or copy.", "A reviewer decides on what passes.", "Approved ones are assigned to flights."),
        "photo", "Upload creatives", UPLOAD,
    ),
    noun=("creative", "creatives"),
    area="creatives",
    row_height=43,
)  # fmt: skip

"""What the ad servers' log of this machine says of test requests for a placement, as it happens."""

import dataclasses
import datetime

from django.conf import settings

from makegood.adserver import tail
from makegood.adserver.events import Event
from makegood.catalog.models import Placement

WORDS = {
    "request": "Asked", "served": "Served", "impression": "Rendered", "viewable": "Viewable", "start": "Started",
    "firstQuartile": "Played a quarter", "midpoint": "Played half", "thirdQuartile": "Played three quarters", "complete": "Played to the end",
    "progress": "Played", "error": "Could not play", "click": "Clicked", "billing": "Billed by the caller", "refused": "Refused",
    "audible": "Heard for two seconds", "conversion": "Converted after the click",
}  # fmt: skip


@dataclasses.dataclass(frozen=True)
class Seen:
    """One event of a test: when, what in words, which ad (the start of its nonce), and what else was said."""

    at: datetime.datetime
    kind: str
    word: str
    ad: str
    detail: str
    version_id: int


def latest(place: Placement) -> list[Seen]:
    """The newest test events of a placement, newest first."""
    found = tail.latest(settings.EVENTS_FOLDER, lambda event: event.test and event.placement_id == place.pk)
    return [_seen(event) for event in found]


def _seen(event: Event) -> Seen:
    said = {"progress": f"{event.reason} s", "error": f"code {event.reason}"}.get(event.kind, event.reason) if event.reason else ""
    marks = [said, event.device, event.bot and f"robot: {event.bot}", "data centre" if event.datacentre else ""]
    return Seen(
        datetime.datetime.fromtimestamp(event.at / 1000, datetime.UTC), event.kind, WORDS.get(event.kind, event.kind), event.id[:6],
        ", ".join(mark for mark in marks if mark), event.version_id,
    )  # fmt: skip

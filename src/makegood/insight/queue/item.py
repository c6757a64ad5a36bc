"""One thing that needs a person: what and why, by when, the money it holds, and the one thing to do about it."""

import dataclasses
import datetime
import zoneinfo
from decimal import Decimal

from makegood.core.models import Person

KINDS = {
    "approvals": "Approvals",
    "creatives": "Creatives and tags",
    "pacing": "Pacing",
    "orders": "Orders and holds",
    "money": "Money and mentions",
}
SOON = datetime.timedelta(hours=2)
CLOSE = datetime.time(17)


@dataclasses.dataclass(frozen=True)
class Item:
    """`key` is kind of record and id ("task-12"); `does` names what the button does here, empty when it leads to the place.

    `place` and `place_id` name the record the item is about, `tab` a part of its page.
    """

    key: str
    kind: str
    icon: str
    title: str
    why: str
    due_at: datetime.datetime
    state: str
    action: str
    place: str
    place_id: int
    does: str = ""
    tab: str = ""
    word: str = ""
    amount: Decimal | None = None
    currency: str = ""
    owner: str = ""
    owner_id: int | None = None

    def late(self, at: datetime.datetime) -> bool:
        """Whether its moment has passed."""
        return self.due_at < at

    def pressing(self, at: datetime.datetime) -> bool:
        """Late or due within two hours: the only rows with a filled button."""
        return self.due_at < at + SOON


def close_of(day: datetime.date, person: Person) -> datetime.datetime:
    """Five in the afternoon of `day` on the person's clock."""
    return datetime.datetime.combine(day, CLOSE, zoneinfo.ZoneInfo(person.zone))


def local_day(at: datetime.datetime, person: Person) -> datetime.date:
    """The day it is for the person."""
    return at.astimezone(zoneinfo.ZoneInfo(person.zone)).date()


def sentence(*parts: str) -> str:
    """Parts that are there, joined as sentences."""
    return ". ".join(part.rstrip(".") for part in parts if part)


def urgency(due_at: datetime.datetime, at: datetime.datetime) -> str:
    """The state of something only a deadline threatens: late is at risk, due within a day is watched."""
    if due_at < at:
        return "risk"
    return "watch" if due_at < at + datetime.timedelta(days=1) else "ok"

"""Counting kept events anew under a named rule set: first shown, then done. What was billed stays billed (billing.adjusting)."""

import dataclasses
import datetime
import pathlib

from makegood.core import activity, permissions, verbs
from makegood.core.errors import Invalid, Refused
from makegood.core.models import Person
from makegood.delivery import replaying, rulesets
from makegood.delivery.actions import counting
from makegood.delivery.models import Recount
from makegood.delivery.replaying import REAL, DayCount, Key, Window
from makegood.orders.models import Flight

NONE = DayCount()


@dataclasses.dataclass(frozen=True)
class Changed:
    """A flight-day whose count differs."""

    flight_id: int
    day: datetime.date
    before: DayCount
    after: DayCount

    def plain(self) -> dict[str, object]:
        """As JSON."""
        return {"flight": self.flight_id, "day": self.day.isoformat(), "before": self.before.plain(), "after": self.after.plain()}


@dataclasses.dataclass(frozen=True)
class Recounted:
    """What a recount would change or did. `missing` are flight-days whose stored counts the kept events do not give."""

    rules: str
    changed: tuple[Changed, ...]
    missing: tuple[Changed, ...]
    done: Recount | None = None

    @property
    def net(self) -> int:
        """Units that net gains, or loses when below zero."""
        return sum(one.after.net - one.before.net for one in self.changed)


def preview(
    folder: pathlib.Path, first: datetime.date, last: datetime.date, rules: str, *, by: Person | None, at: datetime.datetime
) -> Recounted:  # fmt: skip
    """What counting the UTC days `first` to `last` by rule set `rules` would change; nothing is changed."""
    return _counted(folder, first, last, rules, by=by, at=at, why="")


def recount(
    folder: pathlib.Path, first: datetime.date, last: datetime.date, rules: str, *, why: str, by: Person | None, at: datetime.datetime
) -> Recounted:  # fmt: skip
    """Replace the counts of these days by a count under `rules`, with a record of every flight-day that changed.

    Refused when the kept events, by the rules in force, do not give the stored counts: then events are missing.
    """
    if not why.strip():
        raise Invalid("a recount says why.", place="why", remedy="Give the reason; finance reads it beside the adjustment.")
    return _counted(folder, first, last, rules, by=by, at=at, why=why)


@verbs.whole
def _counted(
    folder: pathlib.Path, first: datetime.date, last: datetime.date, rules: str, *, by: Person | None, at: datetime.datetime, why: str
) -> Recounted:  # fmt: skip
    permissions.check(by, "delivery.recount")
    window, sets = _window(first, last), rulesets.load(at=at)
    wanted = sets.only(rules)
    counting.lock()
    stored = replaying.by_day(REAL, window)
    own = replaying.by_day(replaying.replay(folder, window, sets, "recount_own"), window)
    tables = replaying.replay(folder, window, wanted, "recount_new")
    found = Recounted(rules, _differences(stored, replaying.by_day(tables, window)), _differences(stored, own))
    if not why:
        return found
    if found.missing:
        one = found.missing[0]
        raise Refused(
            f"the kept events give {one.after.gross:,} impressions of flight {one.flight_id} on {one.day}, {one.before.gross:,} are stored"
            f" ({len(found.missing)} flight-days differ).",
            place=str(folder), remedy="Bring the missing segments back, or choose days that were counted from them.",
        )  # fmt: skip
    replaying.replace(tables, window)
    return dataclasses.replace(found, done=_recorded(found, window, why=why, by=by, at=at))


def _window(first: datetime.date, last: datetime.date) -> Window:
    if last < first:
        raise Invalid(f"{last} lies before {first}.", place="days", remedy="Give the first day first.")
    start = datetime.datetime.combine(first, datetime.time(), datetime.UTC)
    return Window(start, datetime.datetime.combine(last + datetime.timedelta(days=1), datetime.time(), datetime.UTC))


def _differences(before: dict[Key, DayCount], after: dict[Key, DayCount]) -> tuple[Changed, ...]:
    keys = sorted(before.keys() | after.keys(), key=lambda key: (key[1], key[0]))
    pairs = ((key, before.get(key, NONE), after.get(key, NONE)) for key in keys)
    return tuple(Changed(*key, one, other) for key, one, other in pairs if one != other)


def _recorded(found: Recounted, window: Window, *, why: str, by: Person | None, at: datetime.datetime) -> Recount:
    done = Recount.objects.create(
        first=window.first, until=window.until, rules_id=found.rules, why=why[:200], by=by, at=at, changes=[one.plain() for one in found.changed]
    )
    flights = Flight.objects.select_related("line__order").in_bulk({one.flight_id for one in found.changed})
    for pk, flight in sorted(flights.items()):
        mine = [one for one in found.changed if one.flight_id == pk]
        before, after = (sum(getattr(one, side).net for one in mine) for side in ("before", "after"))
        activity.record(
            flight, "delivery.recounted", by=by, at=at, why=why, before={"net": before}, after={"net": after, "rules": found.rules, "days": len(mine)}
        )
    return done

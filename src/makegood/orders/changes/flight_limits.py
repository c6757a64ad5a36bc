"""What may no longer change of a flight: one that is over keeps its days and what it delivered, a running one its start too."""

from collections.abc import Iterator

from makegood.orders.changes.progress import FlightRan, LineRan, Progress
from makegood.orders.changes.state import State, day

Said = tuple[str, str, str]  # place, message, remedy


def problems(place: str, old: State, new: State, had: LineRan, ran: Progress) -> Iterator[Said]:
    """For the flights of one line that differ."""
    now = {one["number"]: one for one in new["flights"]}
    was = {one["number"]: one for one in old["flights"]}
    for number in sorted(was.keys() | now.keys()):
        if was.get(number) != now.get(number):
            yield from _flight(f"{place}: flight {number}", was.get(number), now.get(number), had.flight(number), ran)


def _flight(place: str, was: State | None, now: State | None, had: FlightRan, ran: Progress) -> Iterator[Said]:
    if had.over:
        if not (was and now and _gives_back(was, now, had)):
            yield place, "it is over.", "Change the flights to come."
    elif now is None:
        if had.begun:
            yield place, f"it has run, {had.delivered:,} delivered: it cannot be taken out.", "End it early instead."
    else:
        yield from _days(place, was, now, had, ran)
        if now["goal"] < had.delivered and (was is None or now["goal"] < was["goal"]):
            yield place, f"{had.delivered:,} are delivered: a goal of {now['goal']:,} is below that.", f"Give {had.delivered:,} or more."


def _gives_back(was: State, now: State, had: FlightRan) -> bool:
    """Whether only its goal differs, and by no more than it did not deliver; what it delivered above it may be said."""
    least, goal = max(had.delivered, 1), now["goal"]
    return was | {"goal": goal} == now and (least <= goal <= was["goal"] or goal == least)


def _days(place: str, was: State | None, now: State, had: FlightRan, ran: Progress) -> Iterator[Said]:
    start, end = day(now["start"]), day(now["end"])
    if was is None or was["start"] != now["start"]:
        if had.begun:
            yield place, f"it has run since {was['start'] if was else start}: its start stays.", "Change its end."
        elif start < ran.today:
            yield place, f"{start} is over.", f"Start it on {ran.today} or later."
    if end < ran.today and (was is None or was["end"] != now["end"]):
        yield place, f"{end} is over.", f"End it on {ran.today} or later."

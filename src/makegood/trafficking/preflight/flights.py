"""What is compared of each flight: dates, goal, placements, targeting, priority, cap, rate."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from makegood.catalog.models import Placement
from makegood.engine.plan import PlanFlight, PlanPlacement
from makegood.orders.models import Flight
from makegood.trafficking.preflight import words
from makegood.trafficking.preflight.checks import WARN, Check, compared

Facts = dict[str, str | None]


def checks(
    flight: Flight,
    places: Sequence[Placement],
    signed: Facts | None,
    entry: PlanFlight | None,
    planned: Mapping[int, PlanPlacement],
) -> list[Check]:
    """`signed` from the revision's snapshot, `entry` from the plan; a flight missing from either is itself a difference."""
    sources = (signed or {}, system(flight, places), plan(entry, planned, flight.line.order.zone) if entry else {})
    added = _added(flight, sources)
    fields = {name: tuple(source.get(name) for source in sources) for name in sources[1]}
    fix = "Correct the system to what was signed, or sign a new revision."
    rows = compared(flight.pk, str(flight), fields, fix=fix)  # type: ignore[arg-type]
    there = (_there(signed is not None), "there", _there(entry is not None))
    first = compared(
        flight.pk, str(flight), {"flight": there}, fix="A flight runs only as signed, with a creative that may run."
    )
    return [*first, *rows, *added]


def system(flight: Flight, places: Sequence[Placement]) -> Facts:
    """As recorded."""
    line = flight.line
    return {
        "start": words.day(flight.start), "end": words.day(flight.end),
        "goal": words.units(flight.goal), "placements": words.listed(place.code for place in places),
        "targeting": words.aim(line.targeting), "priority": words.tier(line.priority),
        "frequency cap": words.cap(line.cap_count, line.cap_hours), "rate": words.money(line.rate), "rate type": line.rate_type,
        "advertiser number": str(line.order.advertiser_id), "line quantity": words.units(line.quantity), "line amount": words.money(line.amount),
    }  # fmt: skip


def plan(entry: PlanFlight, placements: Mapping[int, PlanPlacement], zone: str) -> Facts:
    """As the ad servers would run it."""
    cap = entry.frequency_cap
    last = datetime.datetime.fromisoformat(entry.ends_at) - datetime.timedelta(seconds=1)
    return {
        "start": words.day(_local(datetime.datetime.fromisoformat(entry.starts_at), zone)), "end": words.day(_local(last, zone)),
        "goal": words.units(entry.goal) if entry.goal is not None else None,
        "placements": words.listed(placements[pk].code for pk in entry.placement_ids if pk in placements),
        "targeting": words.aim(entry.targeting), "priority": words.tier(entry.priority),
        "frequency cap": words.cap(cap.count, cap.seconds / 3600) if cap else "none", "advertiser number": str(entry.advertiser_id),
    }  # fmt: skip


def signed(line: Mapping[str, Any] | None, flight: Mapping[str, Any] | None, codes: Mapping[int, str]) -> Facts | None:
    """As in the signed revision's snapshot (orders.snapshots); None when it does not have the flight."""
    if line is None or flight is None:
        return None
    count, hours = line["cap"] or (None, None)
    return {
        "start": words.day(flight["start"]), "end": words.day(flight["end"]), "goal": words.units(flight["goal"]),
        "placements": words.listed(codes.get(pk, f"placement {pk}") for pk in flight["placements"]),
        "targeting": words.aim(line["targeting"]), "priority": words.tier(line["priority"]),
        "frequency cap": words.cap(count, hours), "rate": words.money(line["rate"]), "rate type": line["rate_type"],
        "line quantity": words.units(line["quantity"]), "line amount": words.money(line["amount"]),
    }  # fmt: skip


def _added(flight: Flight, sources: tuple[Facts, Facts, Facts]) -> list[Check]:
    """Placements beyond the signed ones are a change of delivery, not of the promise: shown (warn), not in the way.

    Takes them out of the sources, so that what was signed is compared with its like.
    """
    agreed, ours, planned = (set(words.parted(source.get("placements"))) for source in sources)
    if not sources[0] or not ours - agreed:
        return []
    for source in sources[1:]:
        if "placements" in source:
            source["placements"] = words.listed(set(words.parted(source["placements"])) & agreed)
    extra = words.listed(ours - agreed), words.listed(planned - agreed) if sources[2] else None
    return [Check(flight.pk, str(flight), "added placements", "none", *extra, severity=WARN)]


def _local(moment: datetime.datetime, zone: str) -> datetime.date:
    return moment.astimezone(ZoneInfo(zone)).date()


def _there(found: bool) -> str:
    return "there" if found else "missing"

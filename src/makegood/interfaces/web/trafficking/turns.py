"""How the creatives of each flight take turns, in the sheet's words, and choosing it."""

import dataclasses
from collections import Counter
from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from makegood.creatives import shapes
from makegood.delivery import rotating as learning
from makegood.engine.plan import PlanFlight
from makegood.interfaces.web import links, toasts
from makegood.interfaces.web.answers import SeeOther
from makegood.interfaces.web.permitted import permitted
from makegood.orders.models import Flight
from makegood.trafficking.actions import rotating
from makegood.trafficking.models import Assignment, Rotation
from makegood.trafficking.plan import turns, writing
from makegood.trafficking.queries.sheet import Row


@dataclasses.dataclass(frozen=True)
class Turn:
    """A creative's part: its weight as set, or what an optimised rotation gives it now and by which figures."""

    assignment: Assignment
    weight: str
    why: str = ""


@dataclasses.dataclass(frozen=True)
class Shown:
    """A flight of the sheet with its rotation; `choices` are (value, words, chosen) of the form."""

    row: Row
    words: str
    roadblock: bool
    may_roadblock: bool
    turns: tuple[Turn, ...]
    choices: tuple[tuple[str, str, bool], ...]


def shown(rows: Sequence[Row]) -> list[Shown]:
    """Every flight, an optimised one with what it has learnt and what the plan in force makes of it."""
    ids = [row.flight.pk for row in rows if _optimised(row.flight)]
    tallies = learning.learnt(timezone.now(), ids) if ids else turns.NOTHING
    plan = writing.current() if ids else None
    entries = {entry.id: entry for entry in plan.flights} if plan else {}
    return [_shown(row, _parts(row, entries.get(row.flight.pk)), tallies) for row in rows]


@require_POST
@permitted("trafficking.assign")
def rotate(request: HttpRequest, flight_id: int) -> HttpResponse:
    """Choose how a flight's creatives take turns: `turns` is a kind, or `optimised-AIM`."""
    flight = Flight.objects.select_related("line__order").filter(pk=flight_id).first()
    if flight is None:
        raise Http404("This flight is not here.")
    kind, _, aim = request.POST.get("turns", "").partition("-")
    rotating.rotate(flight, kind, aim=aim, roadblock="roadblock" in request.POST, by=request.user, at=timezone.now())  # type: ignore[arg-type]
    toasts.add(request, f"{flight}: rotation is changed. It takes effect after QA and publishing.")
    return SeeOther(links.part("trafficking", flight.line.order_id))


def _optimised(flight: Flight) -> bool:
    chosen = turns.of(flight)
    return chosen is not None and chosen.kind == Rotation.Kind.OPTIMISED


def _parts(row: Row, entry: PlanFlight | None) -> dict[int, float]:
    """Of each assignment in the plan, its part of the slots of its shape."""
    weights = {one.creative_id: one.weight for one in entry.creatives} if entry else {}
    sums: Counter[str] = Counter()
    for one in row.assigned:
        sums[shapes.label(one.version.creative)] += weights.get(one.pk, 0)  # type: ignore[assignment]
    return {one.pk: weights[one.pk] / sums[shapes.label(one.version.creative)] for one in row.assigned if weights.get(one.pk)}


def _shown(row: Row, parts: dict[int, float], tallies: turns.Learnt) -> Shown:
    chosen = turns.of(row.flight)
    found = tallies.get(row.flight.pk, {})
    own = tuple(_turn(one, chosen, parts.get(one.pk), found.get(one.version_id, turns.NEW)) for one in row.assigned)
    roadblock = chosen is not None and chosen.roadblock
    return Shown(row, _words(chosen), roadblock, not rotating.played(row.flight), own, _choices(row.flight, chosen))


def _turn(one: Assignment, chosen: Rotation | None, part: float | None, tally: turns.Tally) -> Turn:
    if chosen is None or chosen.kind == Rotation.Kind.WEIGHTED:
        return Turn(one, str(one.weight))
    if chosen.kind != Rotation.Kind.OPTIMISED:
        return Turn(one, "–", "its weight does not count in this rotation")
    why = f"{tally.achieved:,} {chosen.get_aim_display().lower()} of {tally.shown:,} net impressions so far"
    return Turn(one, "–" if part is None else f"{part:.0%}", why)


def _words(chosen: Rotation | None) -> str:
    if chosen is None:
        return ""  # by weight, as the column shows
    aim = f" for {chosen.get_aim_display().lower()}" if chosen.aim else ""
    return f"{chosen.get_kind_display()}{aim}{', roadblock' if chosen.roadblock else ''}"


def _choices(flight: Flight, chosen: Rotation | None) -> tuple[tuple[str, str, bool], ...]:
    aims = [(f"optimised-{aim}", f"Optimised for {aim.label.lower()}") for aim in Rotation.Aim if rotating.achieves(flight, aim)]
    kinds = [(kind.value, kind.label) for kind in Rotation.Kind if kind != Rotation.Kind.OPTIMISED]
    now = "weighted" if chosen is None else "-".join(filter(None, (chosen.kind, chosen.aim)))
    return tuple((value, words, value == now) for value, words in kinds + aims)

"""Choosing how a flight's creatives take turns."""

import datetime

from makegood.core import activity, permissions, verbs
from makegood.core.errors import Invalid, Refused
from makegood.core.models import Person
from makegood.orders.models import Flight
from makegood.trafficking.actions import assigning
from makegood.trafficking.models import Rotation

Kind, Aim = Rotation.Kind, Rotation.Aim
PLAYED = ("audio", "video")


@verbs.whole
def rotate(
    flight: Flight, kind: str, *, by: Person | None, at: datetime.datetime, aim: str = "", roadblock: bool = False
) -> Rotation:
    """The flight's creatives take turns by `kind`, with the next plan; an optimised one shows more of what achieves `aim`.

    A `roadblock` takes every slot of a page or none. The flight waits for its QA again, as for any change of what it shows.
    Raises Invalid for a kind or aim that is none, Refused where the flight is over or its format cannot do it.
    """
    permissions.check(by, "trafficking.assign", flight)
    flight = Flight.objects.select_for_update(of=("self",), no_key=True).select_related("line__order", "line__product").get(pk=flight.pk)
    assigning.still_open(flight)
    _known(flight, kind, aim)
    _possible(flight, aim, roadblock)
    wanted = {"kind": kind, "aim": aim, "roadblock": roadblock}
    row = Rotation.objects.filter(flight=flight).first()
    if row is None:
        row = Rotation.objects.create(flight=flight, by=by, at=at, **wanted)
        activity.record(row, "rotation.chosen", by=by, at=at, after=wanted)
    elif not activity.change(row, "rotation.chosen", by=by, at=at, **wanted):
        return row
    assigning.again(flight, by=by, at=at)
    return row


def _known(flight: Flight, kind: str, aim: str) -> None:
    if kind not in Kind.values:
        raise Invalid(f"there is no rotation {kind!r}.", place=str(flight), remedy=f"Choose one of {', '.join(Kind.values)}.")
    if kind == Kind.OPTIMISED and aim not in Aim.values:
        raise Invalid("an optimised rotation needs an aim.", place=str(flight), remedy=f"Choose one of {', '.join(Aim.values)}.")
    if kind != Kind.OPTIMISED and aim:
        raise Invalid("only an optimised rotation has an aim.", place=str(flight), remedy="Leave the aim out, or choose optimised.")


def played(flight: Flight) -> bool:
    """Whether the flight's creatives play in a break rather than stand on a page."""
    return flight.line.product.format in PLAYED


def achieves(flight: Flight, aim: str) -> bool:
    """Whether the flight's format can do what an optimised rotation would aim at."""
    return aim != Aim.COMPLETES or played(flight)


def _possible(flight: Flight, aim: str, roadblock: bool) -> None:
    if not achieves(flight, aim):
        raise Refused("nothing is played to its end in it.", place=str(flight), remedy="Aim at clicks or conversions.")
    if roadblock and played(flight):
        raise Refused("a roadblock takes the slots of a page, and this is played in a break.", place=str(flight), remedy="Sell the break as a sponsorship.")

"""All checks of an order or of a whole plan, flight by flight, from records loaded together."""

import dataclasses
import datetime
from collections.abc import Sequence
from typing import Any

from django.db.models import F

from makegood.catalog.models import Placement
from makegood.creatives.queries import approvals
from makegood.engine.plan import ServingPlan
from makegood.orders.models import Flight, Order, Revision
from makegood.trafficking.preflight import creatives, flights, words
from makegood.trafficking.preflight.checks import Check, compared


@dataclasses.dataclass(frozen=True)
class Signed:
    """The revision both sides signed; `snapshot` is None when there is none."""

    number: int | None = None
    snapshot: dict[str, Any] | None = None
    sides: frozenset[str] = frozenset()

    def line(self, number: int) -> dict[str, Any] | None:
        """A line of the snapshot by its number."""
        return next((row for row in (self.snapshot or {}).get("lines", ()) if row["number"] == number), None)

    def flight(self, line: int, number: int) -> dict[str, Any] | None:
        """A flight of a line by its number."""
        return next((row for row in (self.line(line) or {}).get("flights", ()) if row["number"] == number), None)


def signed(order_ids: Sequence[int]) -> dict[int, Signed]:
    """The newest revision in effect of each order that bears a signature, with the sides that signed exactly it.

    One that changes no promise, or came by the notice that was agreed, rests on the signatures before it; one that is out
    for signature is not in effect.
    """
    found: dict[int, Signed] = {}
    rows = Revision.objects.filter(order_id__in=order_ids, number__lte=F("order__revision"))
    for row in rows.prefetch_related("signatures").order_by("order_id", "number"):
        sides = frozenset(one.side for one in row.signatures.all() if one.sha256 == row.sha256)
        if row.kind != Revision.Kind.AGREED and row.order_id in found:
            sides = found[row.order_id].sides
        if sides:
            found[row.order_id] = Signed(row.number, row.snapshot, sides)
    return found


def compare(chosen: Sequence[Flight], plan: ServingPlan, *, at: datetime.datetime) -> dict[int, list[Check]]:
    """Checks per flight id of `chosen` (from plan.compiling.flights) against what both sides signed and `plan`."""
    orders = {flight.line.order_id: flight.line.order for flight in chosen}
    agreed = signed(list(orders))
    places = {
        row.pk: row for row in Placement.objects.filter(pk__in={pk for one in chosen for pk in one.placement_ids})
    }
    codes = dict(Placement.objects.values_list("pk", "code"))
    approved = dict(approvals.in_force(approvals.day(at)).values_list("pk", "sha256"))
    entries = {entry.id: entry for entry in plan.flights}
    planned_places = {entry.id: entry for entry in plan.placements}
    planned_creatives = {entry.id: entry for entry in plan.creatives}
    found = {}
    for flight in chosen:
        order, papers = flight.line.order, agreed.get(flight.line.order_id, Signed())
        here = [places[pk] for pk in flight.placement_ids if pk in places]
        facts = flights.signed(papers.line(flight.line.number), papers.flight(flight.line.number, flight.number), codes)
        found[flight.pk] = [
            *_order(flight.pk, order, papers),
            *flights.checks(flight, here, facts, entries.get(flight.pk), planned_places),
            *creatives.checks(flight, flight.active, here, approved, planned_creatives),  # type: ignore[attr-defined]
        ]
    return found


def _order(flight_id: int, order: Order, papers: Signed) -> list[Check]:
    """The order's own terms as far as they bear on what runs and what it costs."""
    snapshot = papers.snapshot or {}
    asked = "client, seller"
    rows = compared(flight_id, str(order), {"signatures": (words.listed(papers.sides) or "none", asked, None)},
                    fix="Both sides sign the current revision.")  # fmt: skip
    if not snapshot:
        return rows
    fields = {
        "revision": (str(papers.number), str(order.revision), None),
        "advertiser": (_named(snapshot["advertiser"], order), str(order.advertiser), None),
        "currency": (snapshot["currency"], order.currency, None),
        "gross": (words.money(snapshot["gross"]), words.money(order.gross), None),
        "net": (words.money(snapshot["net"]), words.money(order.net), None),
    }
    return rows + compared(
        flight_id, str(order), fields, fix="Correct the system to what was signed, or sign a new revision."
    )


def _named(signed: dict[str, Any], order: Order) -> str:
    """The same account by its present name, so that a renaming is no difference; another by the name it signed under."""
    return str(order.advertiser) if signed["id"] == order.advertiser_id else f"{signed['name']} ({signed['id']})"

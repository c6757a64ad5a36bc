"""A campaign's set-up in short: creatives each flight lacks, the last QA, what is published and proved live."""

import dataclasses
import datetime
from typing import Any

from makegood.orders.queries.campaign import CampaignView, FlightView, LineView
from makegood.trafficking.models import LiveProof, Publication, QaRun
from makegood.trafficking.plan import writing
from makegood.trafficking.preflight import clearance
from makegood.trafficking.queries import readiness

OPEN = ("draft", "booked", "ready", "live", "paused")


@dataclasses.dataclass(frozen=True)
class Need:
    """One open flight with what its creatives cover and lack."""

    line: LineView
    flight: FlightView
    creatives: readiness.Creatives


@dataclasses.dataclass(frozen=True)
class FlightState:
    """One flight: whether the plan in force serves it, and its first counted impressions."""

    line: LineView
    flight: FlightView
    served: bool
    proof: LiveProof | None


@dataclasses.dataclass(frozen=True)
class Summary:
    """The last QA with the fields that differ, the plan in force, and each flight."""

    run: QaRun | None
    differing: tuple[dict[str, Any], ...]
    publication: Publication | None
    flights: tuple[FlightState, ...]


def needs(seen: CampaignView, *, at: datetime.datetime) -> list[Need]:
    """Every open flight in the order of its line."""
    open_flights = [(line, flight) for line in seen.lines for flight in line.flights if flight.status in OPEN]
    found = readiness.creatives([flight.id for _, flight in open_flights], at=at) if open_flights else {}
    return [Need(line, flight, found[flight.id]) for line, flight in open_flights]


def summary(seen: CampaignView) -> Summary:
    """The state of set-up as last checked and published: three queries and the plan's file."""
    run = clearance.latest([seen.order.pk]).get(seen.order.pk)
    plan = writing.current()
    served = {entry.id for entry in plan.flights} if plan else set()
    flights = [(line, flight) for line in seen.lines for flight in line.flights if flight.status != "cancelled"]
    proofs = {
        proof.flight_id: proof for proof in LiveProof.objects.filter(flight__in=[flight.id for _, flight in flights])
    }
    return Summary(
        run, tuple(check for check in run.checks if not check["equal"]) if run else (),
        Publication.objects.select_related("by").order_by("-version").first(),
        tuple(FlightState(line, flight, flight.id in served, proofs.get(flight.id)) for line, flight in flights),
    )  # fmt: skip

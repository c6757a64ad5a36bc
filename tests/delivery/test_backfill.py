"""Replayed counts become the same facts as counted events, once for each run."""

import datetime

import numpy as np
import pytest
from django.db.models import Sum

from makegood.adserver import simulate
from makegood.adserver.drawing import Counts
from makegood.core.errors import NotAllowed
from makegood.core.models import Person
from makegood.delivery.actions import backfill
from makegood.delivery.models import Fact, Filtered
from makegood.engine.decision import Decider
from makegood.engine.plan import PlanCreative, PlanFlight, PlanPlacement, PlanRotation, ServingPlan
from makegood.engine.targeting import Request
from tests.factories import orders

START = datetime.datetime(2026, 12, 8, 9, tzinfo=datetime.UTC)


@pytest.fixture
def flight(db):
    return orders.booked().lines.get().flights.get()


def replayed(flight) -> Counts:
    place = flight.placement_ids[0]
    plan = ServingPlan(
        plan_id="p", version=1, made_at=START.isoformat(), zone="UTC", placements=(PlanPlacement(place, "mpu", "display", 300, 250),),
        creatives=tuple(PlanCreative(n, 1, "00", "image", "image/png", 300, 250, path="00/a.png") for n in (7, 8)),
        flights=(
            PlanFlight(
                flight.pk, 1, 1, 1, "guaranteed", START.isoformat(), (START + datetime.timedelta(days=1)).isoformat(), (place,),
                (PlanRotation(7), PlanRotation(8)), theta=0.5,
            ),
        ),
    )  # fmt: skip
    decider = Decider(plan)
    hours = [simulate.Hour(START + datetime.timedelta(hours=n), decider, [simulate.Cell(Request(place), 2_000)]) for n in range(3)]
    rates = {place: simulate.Rates(invalid={"known_bot": 0.1, "data_centre": 0.05})}
    return simulate.replay(hours, rng=np.random.default_rng(4), rates=rates)


def test_gross_is_net_and_what_was_filtered(flight) -> None:
    counts = replayed(flight)
    net = backfill.add(counts, run="one", versions={}, by=None, at=START)
    sums = Fact.objects.aggregate(**{name: Sum(name) for name in backfill.NAMES})
    table = counts.kinds["impression"]
    assert (sums["gross"], sums["net"], net) == (int(table.sum()), int(table[:, 0].sum()), int(table[:, 0].sum()))
    assert (sums["served"], sums["clicks"]) == (int(counts.kinds["served"].sum()), int(counts.kinds["click"][:, 0].sum()))
    by_reason = dict(Filtered.objects.values_list("reason").annotate(Sum("count")))
    assert by_reason == {reason: int(table[:, n].sum()) for n, reason in enumerate(counts.reasons) if reason}
    assert Fact.objects.count() == 3  # two creatives of one (unknown) version are one fact an hour


def test_a_run_is_added_once_and_another_on_top(flight) -> None:
    counts = replayed(flight)
    first = backfill.add(counts, run="one", versions={}, by=None, at=START)
    assert backfill.add(counts, run="one", versions={}, by=None, at=START) == 0
    assert Fact.objects.aggregate(n=Sum("net"))["n"] == first
    backfill.add(counts, run="two", versions={}, by=None, at=START)
    assert Fact.objects.aggregate(n=Sum("net"))["n"] == 2 * first


def test_people_do_not_make_counts(flight, campaign_manager: Person) -> None:
    with pytest.raises(NotAllowed):
        backfill.add(replayed(flight), run="one", versions={}, by=campaign_manager, at=START)
    assert Fact.objects.count() == 0

"""A serving plan with targeted flights of every tier and one request of each kind, as records and as columns."""

import datetime as dt
import itertools
from dataclasses import dataclass

import numpy as np

from makegood.engine import plan, simulator
from makegood.engine.decision import Decider
from makegood.engine.targeting import Request

START, END = "2026-01-01T00:00:00+00:00", "2026-02-01T00:00:00+00:00"
AT = dt.datetime(2026, 1, 15, 12, tzinfo=dt.UTC)
DEVICE, GEO = ("mobile", "desktop", "ctv"), tuple(f"US-{n:02}" for n in range(12))
SECTION = ("news", "sport", "food", "money", "travel", "culture")
TIERS = ("guaranteed",) * 16 + ("non_guaranteed",) * 2 + ("sponsorship", "house")


@dataclass(frozen=True)
class Inventory:
    """A cell is a request of its own kind; edge lists come from the decider's own eligibility."""

    plan: plan.ServingPlan
    decider: Decider
    requests: list[Request]
    edges: simulator.Edges
    flights: simulator.Flights
    throttle: np.ndarray
    at: dt.datetime = AT


def inventory(flights: int, placements: int, rng: np.random.Generator) -> Inventory:
    """So many flights, each on a third of the placements and targeted in some of device, geo and section."""
    places = tuple(plan.PlanPlacement(n, f"p{n}", "display", 300, 250) for n in range(placements))
    banner = plan.PlanCreative(1, 1, "0" * 64, "image", "image/png", 300, 250, path="1/b.png")
    booked = tuple(_flight(n, placements, rng) for n in range(flights))
    whole = plan.ServingPlan("bench", 1, START, "UTC", booked, places, (banner,))
    decider = Decider(whole)
    kinds = itertools.product(range(placements), DEVICE, GEO, SECTION)
    requests = [
        Request(p, device=device, geo=geo, section=section, hour_of_week=60) for p, device, geo, section in kinds
    ]
    return Inventory(
        whole,
        decider,
        requests,
        _edges(decider, requests, flights),
        simulator.from_plan(booked),
        np.array([f.throttle for f in booked]),
    )


def _flight(number: int, placements: int, rng: np.random.Generator) -> plan.PlanFlight:
    targeting = {
        name: rng.choice(values, rng.integers(1, len(values)), replace=False).tolist()
        for name, values in (("device", DEVICE), ("geo", GEO), ("section", SECTION))
        if rng.random() < 0.5
    }
    own = rng.choice(placements, max(1, placements // 3), replace=False)
    return plan.PlanFlight(
        number,
        number,
        number,
        number,
        str(rng.choice(TIERS)),
        START,
        END,
        tuple(sorted(own.tolist())),
        (plan.PlanRotation(1),),
        targeting=targeting,
        theta=float(rng.uniform(0.01, 0.1)),
        alpha=float(rng.uniform(0, 2)),
        throttle=float(rng.uniform(0.5, 1)),
        share=float(rng.uniform(0.01, 0.05)),
    )


def _edges(decider: Decider, requests: list[Request], flights: int) -> simulator.Edges:
    cells: list[list[int]] = [[] for _ in range(flights)]
    for cell, request in enumerate(requests):
        here = decider.placements[request.placement]
        mask = here.live(AT) & here.index.eligible(request)
        for n, flight in enumerate(here.flights):
            if mask >> n & 1:
                cells[flight.id].append(cell)
    return simulator.edges([np.array(own, np.int64) for own in cells], len(requests))

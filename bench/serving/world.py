"""What is asked and what may serve it: a plan with dozens of eligible contracts a request, and bodies no two of which are alike."""
import json
import pathlib

import numpy as np

from makegood.engine.plan import PlanCreative, PlanFlight, PlanPlacement, PlanRotation, ServingPlan

PLACES, GEOS, SECTIONS, AUDIENCES = 20, 40, 12, 20
DEVICES = ("mobile", "desktop", "tablet")
START, END = "2020-01-01T00:00:00+00:00", "2100-01-01T00:00:00+00:00"
SHA = "ab" * 32


def plan(rng: np.random.Generator, *, version: int = 1, booked: int = 60, eligible: int = 36) -> ServingPlan:
    """Every placement sells to `booked` contracts, of which about `eligible` want any one request."""
    places = tuple(PlanPlacement(n, f"place-{n}", "display", 300, 250) for n in range(1, PLACES + 1))
    flights = tuple(_flight(n, 1 + n % PLACES, eligible / booked, rng) for n in range(1, PLACES * booked + 1))
    creatives = tuple(
        PlanCreative(n, n, SHA, "image", "image/png", 300, 250, path=f"{SHA}/{n}.png", click_url=f"https://advertiser.example/{n}?a=1")
        for n in range(1, 51))
    return ServingPlan("bench", version, START, "UTC", flights, places, creatives)


def _flight(number: int, place: int, chance: float, rng: np.random.Generator) -> PlanFlight:
    """Wants as many geographies, at random, as makes it eligible with the chance."""
    where = [f"US-{n}" for n in np.flatnonzero(rng.random(GEOS) < chance)] or ["US-0"]
    return PlanFlight(number, number, number, number, "guaranteed", START, END, (place,), (PlanRotation(1 + number % 50),),
                      targeting={"geo": where, "device": ["mobile", "desktop", "tablet"]}, theta=float(rng.uniform(0.01, 0.08)),
                      alpha=float(rng.exponential(1.0)))


def bodies(count: int, rng: np.random.Generator) -> list[bytes]:
    """JSON ad requests of one slot."""
    return [_body(n, rng) for n in range(count)]


def _body(number: int, rng: np.random.Generator) -> bytes:
    audiences = [f"segment-{n}" for n in rng.choice(AUDIENCES, rng.integers(0, 4), replace=False)]
    return json.dumps({
        "slots": [{"placement": f"place-{rng.integers(1, PLACES + 1)}", "id": f"slot-{number}"}],
        "geo": f"US-{rng.integers(GEOS)}-{rng.integers(500, 900)}", "device": DEVICES[rng.integers(3)],
        "section": f"news/{rng.integers(SECTIONS)}", "audiences": audiences, "page": f"https://publisher.example/article-{number}"}).encode()


def files(folder: pathlib.Path, rng: np.random.Generator) -> dict[str, pathlib.Path]:
    """The files a server is started with, by option."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "assets").mkdir(exist_ok=True)
    (folder / "plan.json").write_bytes(plan(rng).to_json())
    (folder / "keys.json").write_text(json.dumps({"current": "k1", "keys": {"k1": "5a" * 32}}))
    return {"plan": folder / "plan.json", "events": folder / "events", "assets": folder / "assets", "keys": folder / "keys.json"}

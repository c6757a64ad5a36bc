"""One meaning of targeting: what the ad server serves to a JSON request is what planning counts as eligible."""

import datetime as dt
import json

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from makegood.adserver import adrequest, http, offers, server, sources
from makegood.adserver.clock import SeededRandom
from makegood.adserver.plans import LivePlan
from makegood.adserver.settings import Settings
from makegood.engine import eligibility, plan, supply, targeting
from tests.adserver import plans
from tests.engine.requests import requests, targetings

MONDAY = dt.datetime(2026, 1, 5, tzinfo=dt.UTC)
PLACES = tuple(plan.PlanPlacement(number, f"place{number}", "display", 300, 250) for number in (1, 2, 3))
BANNER = plan.PlanCreative(1, 1, plans.SHA["image"], "image", "image/png", 300, 250, path=f"{plans.SHA['image']}/banner.png")


class Standing:
    """A clock that stands at an hour of the week."""

    def __init__(self) -> None:
        self.hour = 0

    def now_ms(self) -> int:
        return int((MONDAY + dt.timedelta(hours=self.hour)).timestamp() * 1000)


def plan_for(wanted: targeting.Targeting) -> plan.ServingPlan:
    """One exclusive flight with the targeting, on every placement."""
    flight = plan.PlanFlight(
        1, 1, 1, 1, "sponsorship", "2026-01-01T00:00:00+00:00", "2026-02-01T00:00:00+00:00", (1, 2, 3),
        (plan.PlanRotation(1),), targeting=targeting.to_json(wanted), share=1.0,
    )  # fmt: skip
    return plan.ServingPlan("p", 1, "2026-01-01T00:00:00+00:00", "UTC", (flight,), PLACES, (BANNER,))


def body_of(asked: targeting.Request) -> bytes:
    """The request as a page sends it; what it does not know it leaves out."""
    row = {name: getattr(asked, name) for name in ("geo", "device", "section", "language", "category")}
    known = {name: value for name, value in row.items() if value is not None}
    known |= {"audiences": sorted(asked.audiences), "key_values": dict(asked.key_values), "consent": True}
    return json.dumps({"slots": [{"placement": f"place{asked.placement}"}], **known}).encode()


@pytest.fixture(scope="module")
def state(tmp_path_factory):
    folder = tmp_path_factory.mktemp("same")
    (folder / "plan.json").write_bytes(plan_for(targeting.EVERYTHING).to_json())
    where = Settings(
        folder / "plan.json", folder / "events", plans.assets(folder / "assets"), plans.keys(folder / "keys.json")
    )
    return server.prepare(where, Standing(), SeededRandom(1))


def served(state, wanted: targeting.Targeting, asked: targeting.Request) -> bool:
    """Whether the ad server, given the JSON, serves the flight."""
    state.clock.hour = asked.hour_of_week
    state.plans.current = LivePlan(plan.from_json(plan_for(wanted).to_json()), 0)
    read = adrequest.from_json(body_of(asked))
    made = offers.make(state, http.Request("POST", "/ad", "", {}, b"", "127.0.0.1"), read)
    return made.offers[0].flight_id == 1


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(targetings(), min_size=1, max_size=4), st.lists(requests(), min_size=1, max_size=4))
def test_planning_and_serving_agree(state, wanted, asked):
    known = [one if one.device else _with_device(one) for one in asked]
    sample = supply.from_requests(known, [1.0] * len(known))
    compiled, index = eligibility.match(sample, wanted), targeting.TargetingIndex(wanted)
    for number, one in enumerate(wanted):
        meant = [targeting.matches(one, request) for request in known]
        assert targeting.mask(one, sample).tolist() == meant
        assert compiled.rows(number).tolist() == meant
        assert [bool(index.eligible(request) >> number & 1) for request in known] == meant
        assert [served(state, one, request) for request in asked] == meant


def _with_device(asked: targeting.Request) -> targeting.Request:
    """The ad server tells the device from the browser when the page does not."""
    return msgspec.structs.replace(asked, device=sources.device_of(""))


def test_the_comparison_would_see_a_difference(state):
    wanted = targeting.from_json({"geo": ["US-CA"], "hour_of_week": [5]})
    assert served(state, wanted, targeting.Request(1, geo="US-CA-803", hour_of_week=5))
    assert not served(state, wanted, targeting.Request(1, geo="US-CA-803", hour_of_week=6))
    assert not served(state, wanted, targeting.Request(1, geo="US-CAL", hour_of_week=5))

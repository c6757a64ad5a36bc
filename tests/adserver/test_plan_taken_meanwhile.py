"""A plan that is taken while a page is being answered: the page is of the plan it was decided by, whole, and so is the next."""

import orjson
import pytest

from makegood.adserver import adrequest, offers, server
from makegood.adserver.clock import SeededRandom, SystemClock
from makegood.adserver.http import Request
from makegood.adserver.plans import LivePlan
from makegood.adserver.routes import ads
from makegood.adserver.settings import Settings
from tests.adserver import plans


@pytest.fixture
def state(tmp_path):
    (tmp_path / "plan.json").write_bytes(plans.plan(1).to_json())
    where = Settings(tmp_path / "plan.json", tmp_path / "events", tmp_path / "assets", plans.keys(tmp_path / "keys.json"))
    return server.prepare(where, SystemClock(), SeededRandom(1))


def test_a_page_is_of_one_plan(state, monkeypatch) -> None:
    request = Request("POST", "/ad", "", {}, b'{"slots": [{"placement": "home", "id": "a"}]}', "127.0.0.1")
    newer, make = LivePlan(plans.plan(2), 0), offers.make

    def make_then_taken(*arguments):
        made = make(*arguments)
        state.plans.current = newer
        return made

    monkeypatch.setattr(offers, "make", make_then_taken)
    first = orjson.loads(ads.post(state, request).response.body)
    assert first["plan"] == 1 and newer.texts == {}
    assert first["slots"][0]["impression_urls"][0].split("~")[10] == "1"
    second = orjson.loads(ads.post(state, request).response.body)
    assert second["plan"] == 2 and len(newer.texts) == 1
    assert adrequest.from_json(request.body).slots[0].id == second["slots"][0]["id"] == "a"

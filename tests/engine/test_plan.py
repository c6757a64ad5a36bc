import orjson
import pytest

from makegood.engine import plan

BANNER = plan.PlanCreative(
    id=7, version_id=70, sha256="ab" * 32, kind="image", media_type="image/png", width=300, height=250, path="ab/b.png"
)
MPU = plan.PlanPlacement(id=1, code="news.mpu", format="display", width=300, height=250)
FLIGHT = plan.PlanFlight(
    id=11,
    line_id=5,
    order_id=3,
    advertiser_id=2,
    priority="guaranteed",
    starts_at="2026-01-01T00:00:00+00:00",
    ends_at="2026-02-01T00:00:00+00:00",
    placement_ids=(1,),
    creatives=(plan.PlanRotation(7),),
    targeting={"device": ["mobile"]},
    frequency_cap=plan.FrequencyCap(3, 86400),
)
PLAN = plan.ServingPlan("p1", 4, "2026-01-01T00:00:00+00:00", "Europe/London", (FLIGHT,), (MPU,), (BANNER,))


def test_round_trip_is_equal_and_bytes_are_stable():
    assert plan.from_json(PLAN.to_json()) == PLAN
    assert plan.from_json(PLAN.to_json()).to_json() == PLAN.to_json()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"format_version": 9}, "plan.format_version: 9, this server reads 1"),
        ({"version": "4"}, "plan.version: '4' is not int"),
        ({"flights": [{}]}, "plan.flights[0].id: missing"),
        ({"placements": []}, "flight 11: placement 1 is not in the plan"),
        ({"creatives": []}, "flight 11: creative 7 is not in the plan"),
    ],
)
def test_bad_plans_name_the_place(change, message):
    with pytest.raises(plan.PlanInvalid) as raised:
        plan.from_json(orjson.dumps(orjson.loads(PLAN.to_json()) | change))
    assert str(raised.value) == message


def test_truncated_bytes_are_refused():
    with pytest.raises(plan.PlanInvalid, match="plan: not JSON"):
        plan.from_json(PLAN.to_json()[:-20])

"""The controller in worlds without noise, where what it must do is known, and its bounds and errors in any."""
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from makegood.engine import pacing
from makegood.engine.pacing import CourseInvalid, Report, ReportInvalid, Tuning

STEPS = 240
curves = st.lists(st.floats(0, 100), min_size=8, max_size=8).filter(lambda hours: sum(hours) > 1)


def minutes(hours, level=1.0):
    return level * np.repeat(np.array(hours, float), STEPS // len(hours))[None, :]


def run(course, requests, lag=0, gain=1.0, tuning=Tuning()):
    """Serve mean flows; the chances given and the delivery after each step."""
    memory, chances, delivered = pacing.begin(course), [], np.zeros((len(course.goal), course.steps + 1))
    for now in range(course.steps):
        known = max(0, now - lag)
        chance, memory = pacing.step(course, memory, Report(known, delivered[:, known], requests[:, memory.known : known]), tuning)
        chances.append(chance)
        delivered[:, now + 1] = delivered[:, now] + chance * requests[:, now] * gain
    return np.array(chances).T, delivered


@settings(max_examples=40, deadline=None)
@given(curves, st.floats(0.1, 0.95), st.integers(0, 8))
def test_a_true_forecast_is_followed_to_the_goal_and_never_beyond(hours, share, lag):
    requests = minutes(hours)
    goal = np.array([share * requests.sum()])
    course = pacing.course(goal, requests)
    chances, delivered = run(course, requests, lag)
    assert (chances >= 0).all()
    assert (chances <= 1).all()
    assert delivered[0, -1] <= goal[0] * (1 + 1e-9)
    assert delivered[0, -1] >= goal[0] * 0.995


def test_a_true_forecast_with_room_is_followed_step_by_step():
    requests = minutes([5, 10, 40, 20, 60, 30, 10, 5])
    course = pacing.course(np.array([0.3 * requests.sum()]), requests, ahead=0.0)
    _, delivered = run(course, requests)
    assert delivered[0] == pytest.approx(course.due[0], rel=1e-9, abs=1e-6)


@pytest.mark.parametrize("level", [0.75, 1.3])
def test_a_wrong_level_and_a_wrong_gain_are_found_out(level):
    hours = [5, 10, 40, 20, 60, 30, 10, 5]
    course = pacing.course(np.array([1000.0]), minutes(hours), gain=0.5)
    _, delivered = run(course, minutes(hours, level), lag=3, gain=0.4)
    assert delivered[0, -1] == pytest.approx(1000, rel=0.003)
    assert np.abs(delivered[0] - course.due[0])[20:].max() < 10


def test_one_behind_takes_more_than_one_on_course_and_one_ahead_less():
    requests = np.full((5, 100), 50.0)
    course = pacing.course(np.full(5, 1000.0), requests)
    memory = pacing.begin(course)
    for now in range(50):
        _, memory = pacing.step(course, memory, Report(now, course.due[:, now], requests[:, memory.known : now]))
    delivered = course.due[:, 50] * np.array([0.985, 0.99, 1.0, 1.005, 1.01])
    chance, _ = pacing.step(course, memory, Report(50, delivered, requests[:, 49:50]))
    assert (np.diff(chance) < 0).all()


def after_a_loss(now, **tuning):
    """The chance at step `now` of 100 when 40 % of what was delivered until then is found invalid; the even chance is 0.1."""
    requests = np.full((1, 100), 100.0)
    course = pacing.course(np.array([1000.0]), requests)
    memory = pacing.begin(course)
    for before in range(now):
        _, memory = pacing.step(course, memory, Report(before, course.due[:, before], requests[:, memory.known : before]))
    report = Report(now, course.due[:, now] * 0.6, requests[:, memory.known : now])
    return pacing.step(course, memory, report, Tuning(**tuning))[0][0]


def test_catch_up_is_a_multiple_of_the_even_chance_until_the_end_is_near():
    assert after_a_loss(50, catch_up=1.5) == pytest.approx(0.15, rel=0.05)
    assert after_a_loss(50, catch_up=3.0) == pytest.approx(0.30, rel=0.05)
    assert after_a_loss(50, catch_up=np.inf) > 0.4
    assert after_a_loss(97, catch_up=1.5) == 1.0


def test_nothing_is_taken_outside_the_dayparts_and_the_goal_is_met_within_them():
    requests = minutes([0, 0, 30, 30, 0, 0, 30, 30])
    course = pacing.course(np.array([0.7 * requests.sum()]), requests)
    _, delivered = run(course, requests, lag=2)
    assert delivered[0, -1] == pytest.approx(course.goal[0], rel=0.002)
    assert delivered[0, 180] == pytest.approx(delivered[0, 122])


def test_front_loading_delivers_earlier_and_no_more():
    requests = minutes([10] * 8)
    goal = np.array([500.0, 500.0])
    course = pacing.course(goal, np.repeat(requests, 2, axis=0), ahead=np.array([0.0, 0.25]))
    _, delivered = run(course, np.repeat(requests, 2, axis=0))
    assert delivered[1, 120] == pytest.approx(1.25 * delivered[0, 120], rel=0.01)
    assert delivered[:, -1] == pytest.approx(goal, rel=1e-6)


def test_a_tight_flight_runs_ahead_by_no_more_than_its_lead():
    requests = minutes([10] * 8)
    goal = np.array([0.97 * requests.sum()])
    course = pacing.course(goal, requests, ahead=0.0)
    _, delivered = run(course, requests)
    early = (delivered[0] - course.due[0]) / goal[0]
    assert 0.005 < early.max() <= Tuning().lead + 1e-9


def test_what_is_served_but_not_reported_counts():
    requests = np.full((1, 50), 100.0)
    course = pacing.course(np.array([500.0]), requests)
    memory = pacing.begin(course)
    taken = []
    for _ in range(20):  # the report never comes
        chance, memory = pacing.step(course, memory, Report(0, np.zeros(1), np.zeros((1, 0))))
        taken.append(chance[0] * 100)
    assert sum(taken) <= 500 * 1.01 * 26 / 50


NAMES = ["spring sale", "winter sale"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"goal": np.array([1.0, 0.0])}, "flight winter sale: its goal"),
        ({"goal": np.array([1.0, np.nan])}, "flight winter sale: its goal"),
        ({"requests": np.array([[1.0, 1], [0, 0]])}, "flight winter sale: its traffic curve is zero"),
        ({"requests": np.array([[1.0, -1], [0, 1]])}, "flight spring sale: its traffic curve holds negative"),
        ({"requests": np.array([[1.0, 1], [np.inf, 0]])}, "flight winter sale: its traffic curve holds a value"),
        ({"requests": np.zeros((2, 0))}, "no step"),
        ({"requests": np.ones((1, 3))}, "one row a flight"),
        ({"gain": np.array([0.0, 1.0])}, "flight spring sale: what a request brings"),
        ({"ahead": -0.1}, "flight spring sale: what it is to be ahead"),
    ],
)
def test_bad_courses_are_refused_by_name(change, said):
    given_ = {"goal": np.array([1.0, 2.0]), "requests": np.ones((2, 3)), "flights": NAMES} | change
    with pytest.raises(CourseInvalid, match=said):
        pacing.course(given_.pop("goal"), given_.pop("requests"), **given_)


def test_reports_that_do_not_follow_are_refused():
    course = pacing.course(np.array([10.0]), np.ones((1, 5)))
    _, memory = pacing.step(course, pacing.begin(course), Report(0, np.zeros(1), np.zeros((1, 0))))
    with pytest.raises(ReportInvalid, match="up to step 2"):
        pacing.step(course, memory, Report(2, np.zeros(1), np.ones((1, 2))))
    with pytest.raises(ReportInvalid, match="one column a step"):
        pacing.step(course, memory, Report(1, np.zeros(1), np.ones((1, 3))))
    with pytest.raises(ReportInvalid, match="row 0: delivered nan"):
        pacing.step(course, memory, Report(1, np.array([np.nan]), np.ones((1, 1))))
    with pytest.raises(ReportInvalid, match="row 0: its requests"):
        pacing.step(course, memory, Report(1, np.zeros(1), np.full((1, 1), -1.0)))
    with pytest.raises(ReportInvalid, match="is over"):
        for _ in range(5):
            _, memory = pacing.step(course, memory, Report(memory.known, memory.delivered, np.zeros((1, 0))))

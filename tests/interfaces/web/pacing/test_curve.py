"""The curve a page draws agrees with the figures and keeps its labels apart."""

import pytest

from makegood.delivery.queries import pacing as queries
from makegood.interfaces.web.pacing import curve
from tests.factories import pacing as make
from tests.factories.accounts import NOW


@pytest.fixture
def view(reviewer, campaign_manager):
    line = make.line()
    make.set_up(line, reviewer)
    make.delivered(line, dict.fromkeys(range(21), 5_000))
    make.computed(line)
    return queries.pace_view(campaign_manager, line.pk, at=NOW)


def points(path):
    return [tuple(map(float, pair.split())) for pair in path.replace("M", "L").strip("LZ").split("L")]


def test_it_runs_from_the_first_day_to_the_last(view):
    drawn = curve.of(view, view.pace.projected)
    assert (len(points(drawn.expected)), points(drawn.expected)[0], points(drawn.expected)[-1][0]) == (29, (0.0, 1000.0), 1000.0)
    assert points(drawn.projected)[0] == points(drawn.delivered)[-1]
    assert points(drawn.projected)[-1][0] == 1000.0
    assert drawn.won == ""
    assert [label.text for label in drawn.right] == [f"{view.pace.projected / 1000:.1f}K"]


def test_what_changes_win_back_is_drawn_above_and_said_apart(view):
    drawn = curve.of(view, view.pace.projected + 2_000)
    assert points(drawn.won)[-1][1] < points(drawn.projected)[-1][1]
    high, low = (float(label.y) for label in drawn.right)
    assert low - high >= curve.LINE


@pytest.mark.parametrize("top", [3, 999, 1_000, 5_200_000, 99_999_999])
def test_ticks_are_few_and_round(top):
    ticks = curve._ticks(top)
    assert 1 <= len(ticks) <= 5
    assert all(tick < top for tick in ticks)

"""Hanging bars sum to the unit and say where they start."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from makegood.documents.charts import counting
from makegood.documents.charts.hanging import HangingBars

from . import samples


def test_bars_that_do_not_start_at_zero_say_so() -> None:
    assert samples.CAUSES.subtitle == "$3,192.00. Bars start at 4.00M"


def test_steps_that_do_not_sum_are_refused() -> None:
    with pytest.raises(counting.FiguresDisagree, match="Where 336,000 went: 'Projected'"):
        HangingBars(title="Where 336,000 went", steps=(*samples.CAUSES.steps[:-2], samples.CAUSES.steps[-1]))


@given(st.integers(0, 10**9), st.lists(st.integers(-(10**6), 10**6), max_size=8))
def test_bars_start_below_every_total(first: int, changes: list[int]) -> None:
    steps = [counting.CountStep(label="first", units=first, total=True)]
    steps += [counting.CountStep(label="change", units=change) for change in changes]
    steps.append(counting.CountStep(label="last", units=first + sum(changes), total=True))
    start = HangingBars(title="t", steps=tuple(steps)).start()
    assert 0 <= start <= max(0, first, first + sum(changes))
    assert start == 0 or start <= min(first, first + sum(changes))

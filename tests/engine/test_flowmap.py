import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from makegood.engine import flowmap, process
from makegood.engine.process import Event

T = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
D = dt.timedelta(days=1)
events = st.lists(
    st.builds(
        Event, case=st.integers(1, 3), stage=st.sampled_from("abcd"), side=st.sampled_from(["us", "client", "partner"]),
        at=st.integers(0, 500).map(lambda n: T + n * D),
    ),
    max_size=25,
)  # fmt: skip


def trace(case, stages):
    return [Event(case, stage, "client" if stage == "c" else "us", T + n * D) for n, stage in enumerate(stages)]


@settings(max_examples=60)
@given(events)
def test_waits_sum_to_the_cycle_times(log):
    cycles = sum((end - start for start, end in flowmap.cycles(log).values()), dt.timedelta())
    assert sum(flowmap.waits(log).values(), dt.timedelta()) == cycles


@settings(max_examples=60)
@given(events)
def test_a_log_without_repeats_has_no_returns(log):
    once = {(event.case, event.stage): event for event in sorted(log, key=lambda event: event.at, reverse=True)}
    assert flowmap.returns(once.values()) == ()


def test_a_return_costs_until_it_is_back_where_it_was():
    log = trace(1, "abcdcd") + trace(2, "abcd") + trace(3, "abcdcdcd")
    (found,) = flowmap.returns(log)
    assert (found.source, found.target, found.cases, found.extra, found.each) == ("d", "c", 2, 6 * D, 3 * D)


def test_another_order_is_no_return():
    assert flowmap.returns(trace(1, "acbd")) == ()


def test_what_was_reached_and_what_was_left_out():
    log = trace(1, "abcd") + trace(2, "abd")
    assert flowmap.reached(log) == {"a": 2, "b": 2, "c": 1, "d": 2}
    assert flowmap.skipped(log, "abcd") == {"c": 1}
    assert process.measure(log).cases == 2

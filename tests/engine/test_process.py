import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from makegood.engine import process
from makegood.engine.process import Event

T = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
H = dt.timedelta(hours=1)
events = st.lists(
    st.builds(
        Event,
        case=st.integers(1, 3),
        stage=st.sampled_from("abc"),
        side=st.sampled_from(["us", "client", "partner"]),
        at=st.integers(0, 500).map(lambda n: T + n * H),
    ),
    max_size=25,
)


@settings(max_examples=80)
@given(events)
def test_waiting_sums_to_the_cycle_times(log):
    cases = process.traces(log)
    got = process.measure(log)
    cycles = sum((trace[-1].at - trace[0].at for trace in cases.values()), dt.timedelta())
    assert sum(got.waiting.values(), dt.timedelta()) == cycles
    assert sum((stage.total for stage in got.stages), dt.timedelta()) == cycles
    assert sum(number for _, number in got.variants) == got.cases == len(cases)


def test_measures_of_a_small_log():
    log = [
        Event(1, "received", "client", T),
        Event(1, "reviewed", "us", T + 4 * H),
        Event(1, "received", "client", T + 28 * H),
        Event(1, "reviewed", "us", T + 30 * H),
        Event(2, "received", "client", T),
        Event(2, "reviewed", "us", T + 3 * H),
    ]
    got = process.measure(log)
    assert got.waiting == {"us": 9 * H, "client": 24 * H, "partner": 0 * H}
    assert {stage.stage: (stage.occurrences, stage.median) for stage in got.stages} == {
        "reviewed": (3, 3 * H),
        "received": (1, 24 * H),
    }
    assert [(loop.stage, loop.cases, loop.repeats) for loop in got.rework] == [("received", 1, 1), ("reviewed", 1, 1)]
    assert got.cycle_median == 16.5 * H


def test_conformance_names_what_was_skipped_and_what_was_extra():
    got = process.conformance(["book", "serve", "review", "serve"], ["book", "review", "serve"])
    assert (got.fitness, got.skipped, got.extra) == (1 - 1 / 7, (), ("serve",))
    assert process.conformance(["book"], ["book", "review"]).skipped == ("review",)
    assert process.conformance([], []).fitness == 1

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from makegood.engine import counting
from makegood.engine.counting import REASONS, Facts, Reason, RuleSet

NAMES = [reason.value for reason in REASONS]
rows = st.lists(st.tuples(*[st.booleans()] * len(NAMES), st.integers(0, 3)), max_size=40)


def facts_of(flags):
    table = np.array(flags, dtype=bool).reshape(-1, len(NAMES))
    return Facts(**{name: table[:, n] for n, name in enumerate(NAMES)})


@settings(max_examples=80)
@given(rows, st.frozensets(st.sampled_from(REASONS)))
def test_gross_is_filtered_plus_net_in_all_and_per_group(events, reasons):
    rules = RuleSet("2026.1", reasons)
    codes = counting.classify(facts_of([event[:-1] for event in events]), rules)
    counts = counting.tally(codes, rules)
    assert counts.gross == len(events) == counts.net + sum(counts.filtered.values())
    assert counts.filtered.keys() <= reasons
    groups = counting.by_group(codes, np.array([event[-1] for event in events], dtype=np.int64), 4)
    assert groups.sum(axis=0)[counting.NET] == counts.net
    assert groups.sum() == counts.gross


def test_the_first_reason_that_applies_is_counted():
    flags = {name: np.array([name in ("duplicate", "known_bot")]) for name in NAMES}
    assert counting.tally(counting.classify(Facts(**flags), RuleSet("1")), RuleSet("1")).filtered == {
        Reason.DUPLICATE: 1
    }
    without = RuleSet("2", frozenset(Reason) - {Reason.DUPLICATE})
    assert counting.tally(counting.classify(Facts(**flags), without), without).filtered == {Reason.KNOWN_BOT: 1}


def test_duplicates_within_and_against_what_is_known():
    ids = np.array(["a", "b", "a", "c"])
    assert counting.duplicates(ids).tolist() == [False, False, True, False]
    assert counting.duplicates(ids, np.array(["c"])).tolist() == [False, False, True, True]


def test_a_reason_may_be_reported_under_another():
    flags = {name: np.array([name == "zero_size"]) for name in NAMES}
    joined = RuleSet("old", joined={Reason.ZERO_SIZE: Reason.PREFETCH})
    assert counting.tally(counting.classify(Facts(**flags), joined), joined).filtered == {Reason.PREFETCH: 1}


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2), st.integers(1, 4)), max_size=30), st.integers(1, 8))
def test_a_sender_over_the_rate_loses_the_whole_minute_in_any_order(events, most):
    table = np.array(events, dtype=np.int64).reshape(-1, 3)
    flags = counting.crowded(*table.T, most)
    sums = {key: sum(w for *k, w in events if tuple(k) == key) for key in {(s, m) for s, m, _ in events}}
    assert flags.tolist() == [s != 0 and sums[s, m] > most for s, m, _ in events]
    assert counting.crowded(*table[::-1].T, most).tolist() == flags.tolist()[::-1]

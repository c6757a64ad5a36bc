"""Sums and people of a cube are those of a plain loop, for any keys, days, filters and sizes of codes."""

import collections
import itertools
import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from makegood.engine import cube

KEYS = ("order", "line", "hour", "placement", "geo")
COUNTS = ("net", "clicks")
SORTED_BY = ("order", "line", "hour")


def drawn(rows, days, draw, placements=5):
    """[(day, {key: value}, {count: n}, person)]; a line lies in one order."""
    found = []
    for _ in range(rows):
        line = draw.randrange(8)
        keys = {"order": line // 3 + 100, "line": line, "hour": draw.randrange(24), "placement": draw.randrange(placements), "geo": draw.choice("ABC")}
        found.append((draw.randrange(days) + 20_000, keys, {"net": draw.choice((0, 1, 300)), "clicks": draw.randrange(2)}, draw.randrange(40)))
    return found


def built(rows, days):
    """The partitions of all days in a mixed order, as they are added, and the codes."""
    codes = {key: cube.Codes() for key in KEYS}
    partitions = []
    for day in sorted(range(20_000, 20_000 + days), reverse=True):
        mine = [row for row in rows if row[0] == day]
        columns = {key: column([row[1][key] for row in mine]) for key in KEYS}
        counts = {name: np.array([row[2][name] for row in mine], np.int64) for name in COUNTS}
        people = np.array([row[3] << 40 for row in mine], np.int64)
        partitions.append(cube.coded(day, cube.Rows(columns, counts, people), codes, SORTED_BY))
    return partitions, codes


def column(values):
    distinct = sorted(set(values))
    return cube.Column(distinct, np.array([distinct.index(value) for value in values], np.int64))


def asked(partitions, codes, by, where, days, every_row):
    """{(values of by): (net, clicks)} where not all are 0."""
    sizes = {key: len(codes[key]) for key in KEYS} | {"day": days}
    query = cube.Query(by, COUNTS, {key: frozenset(filter(None.__ne__, map(codes[key].known, values))) for key, values in where.items()})
    if {*by, *where} <= {"day", *SORTED_BY} and not every_row:
        table = cube.level_sums(cube.joined(partitions[::-1], codes, SORTED_BY), query, sizes)
    else:
        table = cube.sums([(one.day - 20_000, one) for one in partitions], query, sizes)
    axes = [[20_000 + n for n in range(days)] if name == "day" else codes[name].values for name in by]
    cells = {values: tuple(table[(slice(None), *places)].tolist()) for values, places in zip(itertools.product(*axes), np.ndindex(*table.shape[1:]), strict=True)}
    return {values: sums for values, sums in cells.items() if any(sums)}


def looped(rows, by, where):
    found = collections.Counter()
    for day, keys, counts, _ in rows:
        if all(keys[key] in values for key, values in where.items()):
            values = tuple(day if name == "day" else keys[name] for name in by)
            for name in COUNTS:
                found[values, name] += counts[name]
    return {values: sums for values in {values for values, _ in found} if any(sums := tuple(found[values, name] for name in COUNTS))}


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, 200), st.integers(1, 3), st.integers(0, 10**6), st.lists(st.sampled_from((*KEYS, "day")), max_size=4, unique=True).map(tuple),
    st.dictionaries(st.sampled_from(KEYS), st.integers(0, 4), max_size=2), st.booleans(),
)  # fmt: skip
def test_sums_are_those_of_a_plain_loop(count, days, seed, by, picks, every_row):
    rows = drawn(count, days, random.Random(seed))
    partitions, codes = built(rows, days)
    where = {key: set(codes[key].values[: pick]) for key, pick in picks.items()}
    assert asked(partitions, codes, by, where, days, every_row) == looped(rows, by, where)


def test_wide_codes_and_counts_lose_nothing():
    rows = drawn(3_000, 2, random.Random(1), placements=2_000)
    rows.append((20_000, rows[0][1], {"net": 2**33, "clicks": 0}, 1))
    partitions, codes = built(rows, 2)
    assert {partitions[1].rows.keys[key].dtype.name for key in ("placement", "geo")} == {"uint16", "uint8"}
    for by in (("placement",), ("line", "day"), ("order",)):
        assert asked(partitions, codes, by, {}, 2, False) == looped(rows, by, {})


def test_the_level_is_smaller_than_the_rows_and_sums_to_the_same():
    partitions, _ = built(drawn(5_000, 1, random.Random(2)), 1)
    level, rows = partitions[0].level, partitions[0].rows
    assert len(level) <= 8 * 24 < len(rows)
    assert int(level.counts["net"].astype(np.int64).sum()) == int(rows.counts["net"].astype(np.int64).sum())


@pytest.mark.parametrize("people", [0, 7, 5_000, 400_000])
def test_people_are_within_one_percent(people):
    ids = np.random.default_rng(people).integers(1, 2**63 - 1, people)
    rng = np.random.default_rng(1)
    codes = {key: cube.Codes() for key in ("order", "hour")}
    partitions = []
    for day in range(2):
        seen = np.concatenate([ids, ids[rng.integers(0, max(1, people), people // 2)], np.zeros(50, np.int64)])
        keys = {"order": cube.Column([1, 2], rng.integers(0, 1, len(seen))), "hour": cube.Column([0], np.zeros(len(seen), np.int64))}
        partitions.append(cube.coded(day, cube.Rows(keys, {"net": np.ones(len(seen), np.int64)}, seen), codes, ("order", "hour")))
    found = cube.people(partitions, "order", [0, 1]).tolist()
    assert abs(found[0] - people) <= 0.01 * people and found[1] == 0


def test_what_cannot_be_answered_says_why():
    partitions, _ = built(drawn(50, 1, random.Random(3)), 1)
    with pytest.raises(ValueError, match="by order or line, not by geo"):
        cube.people(partitions, "geo", [0])
    with pytest.raises(ValueError, match="cells; ask for fewer keys"):
        cube.sums([], cube.Query(("line", "geo"), COUNTS), {"line": 10**5, "geo": 10**5})


def test_rows_that_do_not_fit_are_refused():
    def one(keys, net):
        made = {name: column(values) for name, values in keys.items()}
        return cube.coded(1, cube.Rows(made, {"net": np.array(net)}), {name: cube.Codes() for name in keys}, ("order", "line", "hour"))

    with pytest.raises(ValueError, match="a line lies in two"):
        one({"order": [1, 2], "line": [5, 5], "hour": [0, 0]}, [1, 1])
    with pytest.raises(ValueError, match="net is below zero on day 1"):
        one({"order": [1], "line": [5], "hour": [0]}, [-1])

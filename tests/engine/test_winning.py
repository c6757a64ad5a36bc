"""The chance of a brief from those decided: by hand, and calibrated on histories that were simulated."""

import itertools
import random

import pytest

from makegood.engine import winning
from makegood.engine.winning import Past


def past(count, won, *, stage="proposed", days=20, client=1, size=1):
    return [Past(stage, days, client, size, n < won) for n in range(count)]


def asked(history, *, stage="proposed", days=5, client=1, size=1):
    return winning.chance(history, stage=stage, days=days, client=client, size=size)


def test_rates_by_hand():
    found = asked(past(8, 6) + past(10, 2, client=2) + past(4, 0, stage="open"))
    base = 9 / 24
    stage = (8 + 8 * base) / (18 + 8)
    size = (8 + 8 * stage) / (18 + 8)
    client = (6 + 8 * size) / (8 + 8)
    assert [(part.won, part.of) for part in found.parts] == [(8, 22), (8, 18), (8, 18), (6, 8)]
    assert [part.rate for part in found.parts] == pytest.approx([base, stage, size, client])
    assert found.chance == found.parts[-1].rate and found.low < found.chance < found.high


def test_nothing_decided_says_half_and_that_it_means_little():
    found = asked([])
    assert (found.chance, found.decided) == (0.5, 0) and found.high - found.low > 0.3


def test_few_stay_near_the_wider_rate_and_many_speak_for_themselves():
    others = past(200, 60, client=2)
    rates = [asked(others + past(count, count)).chance for count in (0, 1, 10, 200)]
    assert rates == sorted(rates) and rates[1] - rates[0] < 0.12 and rates[3] > 0.93
    widths = [found.high - found.low for found in (asked(others + past(count, count // 2)) for count in (2, 20, 200))]
    assert widths == sorted(widths, reverse=True)


def test_what_was_decided_early_tells_nothing_of_who_is_still_undecided():
    history = past(50, 45, days=3) + past(50, 5, days=40)
    assert asked(history, days=1).chance > 0.45 > 0.2 > asked(history, days=20).chance


def simulated(seed, count):
    """Decided briefs of clients who differ: (past, the probability it was drawn with). Proposed ones and small ones are won more often."""
    draw = random.Random(seed)
    habits = {client: draw.betavariate(4, 6) for client in range(25)}
    for _ in range(count):
        client, size, stage, days = draw.randrange(25), draw.randrange(4), draw.choice(winning.STAGES), draw.randrange(60)
        odds = habits[client] / (1 - habits[client]) * (1.6 if stage == "proposed" else 0.5) * 0.8**size
        true = odds / (1 + odds)
        yield Past(stage, days, client, size, draw.random() < true), true


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_it_is_calibrated_and_better_than_one_rate_for_all(seed):
    rows = list(simulated(seed, 1_400))
    history, fresh = [one for one, _ in rows[:800]], rows[800:]
    said = [(winning.chance(history, stage=one.stage, days=0, client=one.client, size=one.size).chance, one.won) for one, _ in fresh]
    said.sort()
    fifths = [said[n * len(said) // 5 : (n + 1) * len(said) // 5] for n in range(5)]
    off = [abs(sum(p for p, _ in some) / len(some) - sum(won for _, won in some) / len(some)) for some in fifths]
    assert sum(off) / 5 < 0.06 and max(off) < 0.14
    rate = sum(one.won for one in history) / len(history)
    assert sum((p - won) ** 2 for p, won in said) < sum((rate - won) ** 2 for _, won in said)
    spread = [sum(p for p, _ in some) / len(some) for some in fifths]
    assert all(b > a for a, b in itertools.pairwise(spread)) and spread[-1] - spread[0] > 0.15


def test_classes_of_budgets():
    assert [winning.size(amount) for amount in (0, 24_999, 25_000, 99_999, 400_000)] == [0, 0, 1, 1, 3]

"""Broadcast orders, contracts and invoices of many systems: five facts in each, as drawn, as scanned, and damaged."""
import dataclasses
import functools
import pathlib
import random
import tempfile
from collections import Counter
from datetime import date
from decimal import Decimal

import pytest

from bench import damage, order_read
from makegood.documents import orders
from makegood.documents.orders import assemble
from makegood.documents.orders.leaf import Leaf
from makegood.documents.orders.messages import Field
from makegood.documents.orders.pdf import document
from makegood.documents.orders.values import dates
from tests.documents.orders.family import layouts

ALL = layouts.layouts()
LEAST = {"letters": 0.93, "pulled": 0.93, "torn": 0.93, "lost": 0.93}  # of the facts, all five together
SHARE = {"letters": 0.02, "pulled": 0.06, "torn": 0.08, "lost": 0.06}


def wrong(layout: layouts.Layout, fields: dict[str, Field]) -> dict[str, object]:
    """{fact: what was read} for what people read otherwise."""
    found: dict[str, object] = {name: fields[name].value if name in fields else None for name in layout.truth}
    return {name: value for name, value in found.items() if not same(name, layout.truth[name], value)}


def same(name: str, wanted: str, value: str | Decimal | date | int | None) -> bool:
    """Whether a fact is read as people read it."""
    if name in {"flight_start", "flight_end"}:
        return value == dates.readings(wanted, dates.Habit(True, True, 2018))[0].value
    return order_read.SAME[name](wanted, value) if name in order_read.SAME else str(value) == wanted


@functools.cache
def leaves(layout: layouts.Layout) -> tuple[Leaf, ...]:
    with tempfile.TemporaryDirectory() as folder:
        return document.leaves(layouts.pdf(pathlib.Path(folder) / "order.pdf", layout))


@pytest.mark.parametrize("layout", ALL, ids=[layout.name for layout in ALL])
def test_a_layout(layout: layouts.Layout, tmp_path: pathlib.Path) -> None:
    read = orders.read(layouts.pdf(tmp_path / "order.pdf", layout))
    assert wrong(layout, read.fields) == {}


@pytest.mark.parametrize("layout", ALL[::6], ids=[layout.name for layout in ALL[::6]])
def test_a_layout_whose_words_are_drawn_one_by_one(layout: layouts.Layout, tmp_path: pathlib.Path) -> None:
    scanned = dataclasses.replace(layout, scanned=True)
    assert wrong(layout, orders.read(layouts.pdf(tmp_path / "order.pdf", scanned)).fields) == {}


def bare_truth(layout: layouts.Layout, text: str) -> bool:
    """Whether a text holds one of the values people read, which are left readable."""
    bare = order_read.bare(text)
    wanted = [order_read.bare(value) for value in layout.truth.values()]
    return bool(bare) and any(value in bare or (len(bare) > 5 and bare in value) for value in wanted)


@pytest.mark.nightly
@pytest.mark.parametrize("way", list(LEAST))
def test_damaged_layouts(way: str) -> None:
    missed: Counter[str] = Counter()
    for layout in ALL:
        for seed in (1, 2, 3):
            chance = random.Random(f"{seed}{layout.name}")
            worse = damage.WAYS[way](leaves(layout), SHARE[way], chance, functools.partial(bare_truth, layout))
            missed.update(list(wrong(layout, assemble.content(worse).fields)))
    facts = sum(len(layout.truth) for layout in ALL) * 3
    assert 1 - missed.total() / facts >= LEAST[way], missed

"""Values as read with what speaks for them and whether they are right: from made-up orders, drawn layouts and real documents, also damaged.

A sample's group is its document: copies of one document are never on both sides of a validation.
"""
import csv
import pathlib
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bench import damage, order_read
from bench.order_family import drawn
from bench.order_family.facts import Facts, facts
from makegood.documents import orders
from makegood.documents.orders import assemble, confidence, sniff
from makegood.documents.orders.confidence import evidence
from makegood.documents.orders.leaf import Leaf
from makegood.documents.orders.messages import Value

NAMES = {"advertiser", "agency", "station", "product"}
CELLS = {"start": "start", "end": "end", "placement": "show", "daypart": "time", "length_s": "length_s", "quantity": "spots", "rate": "rate", "amount": "amount"}
COPIES = (None, "letters", "unspared", "pulled", "torn", "lost")
SHARES = {"letters": (0.01, 0.04), "unspared": (0.002, 0.02), "pulled": (0.02, 0.1), "torn": (0.02, 0.1), "lost": (0.02, 0.1)}


@dataclass(frozen=True, slots=True)
class Sample:
    """One value: its kind, its evidence, whether it is right, whose document it is, how it came about, and the most it may be sure."""

    kind: str
    name: str
    evidence: dict[str, float]
    right: bool
    group: str
    source: str
    copy: str | None
    confidence: float
    said: str
    most: float = 1.0


def of_made_up(count: int, seed: int) -> Iterator[Sample]:
    """Values of so many made-up orders, each read as drawn and damaged in one way."""
    for number in range(count):
        chance = random.Random(f"{seed}-{number}")
        one = facts(chance)
        leaves, truth = drawn.page(chance, one), truth_of(one)
        for copy in (None, COPIES[1 + number % (len(COPIES) - 1)]):
            content = assemble.content(damaged(leaves, copy, chance, truth))
            yield from of_fields(content, truth, f"made-{seed}-{number}", "made-up", copy)
            yield from of_lines(content, one, f"made-{seed}-{number}", copy)


def of_layouts() -> Iterator[Sample]:
    """Values of the drawn layouts of the tests, whole and damaged in each way."""
    from tests.documents.orders.family import layouts, test_family

    for layout in layouts.layouts():
        for copy in COPIES:
            chance = random.Random(f"{layout.name}{copy}")
            content = assemble.content(damaged(test_family.leaves(layout), copy, chance, layout.truth))
            for name, wanted in layout.truth.items():
                field = content.raw[0].get(name)
                if field is not None:
                    yield sample(content, name, test_family.same(name, wanted, field.value), layout.name, "layout", copy)


def of_real(folder: pathlib.Path, truth: pathlib.Path) -> Iterator[Sample]:
    """Values of real documents that people have read, whole and damaged in each way."""
    with truth.open(encoding="utf-8-sig", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if (folder / row["file"]).exists()]
    for row in rows:
        path = folder / row["file"]
        leaves = orders.READERS[sniff.media_type(path)](path)
        wanted = {name: row[column] for name, column in order_read.TRUTH.items() if row[column]}
        for copy in COPIES:
            content = assemble.content(damaged(leaves, copy, random.Random(f"{row['file']}{copy}"), wanted))
            for name, value in wanted.items():
                if name in content.raw[0]:
                    yield sample(content, name, order_read.SAME[name](value, content.raw[0][name].value), row["file"], "real", copy)


def damaged(leaves: tuple[Leaf, ...], copy: str | None, chance: random.Random, truth: Mapping[str, object]) -> tuple[Leaf, ...]:
    """The pages made worse in the named way; only 'unspared' touches the true values themselves."""
    if copy is None:
        return leaves
    wanted = [order_read.bare(value) for value in truth.values()]

    def spared(text: str) -> bool:
        said = order_read.bare(text)
        return copy != "unspared" and bool(said) and any(value in said or (len(said) > order_read.SHORT and said in value) for value in wanted)

    return damage.WAYS["letters" if copy == "unspared" else copy](leaves, chance.uniform(*SHARES[copy]), chance, spared)


def truth_of(one: Facts) -> dict[str, Value]:
    """{field: what is true} of a made-up order."""
    return {"contract_number": one.contract, "order_number": one.contract, "invoice_number": one.contract, "alternate_number": one.alternate, "estimate_number": one.estimate,
            "advertiser": one.advertiser, "agency": one.agency, "station": one.station, "product": one.product, "flight_start": one.start, "flight_end": one.end,
            "order_date": one.entered, "gross_amount": one.gross, "net_amount": one.gross - one.commission, "commission_amount": one.commission,
            "billing_calendar": "broadcast" if one.broadcast_calendar else "calendar", "revision": one.revision, "currency": "USD"}  # fmt: skip


def of_fields(content: assemble.Content, truth: Mapping[str, Value], group: str, source: str, copy: str | None) -> Iterator[Sample]:
    """A sample for every field that the truth knows."""
    for name, field in content.raw[0].items():
        if name in truth:
            yield sample(content, name, same(name, truth[name], field.value), group, source, copy)


def sample(content: assemble.Content, name: str, right: bool, group: str, source: str, copy: str | None) -> Sample:
    """One field of a read document."""
    field = content.raw[0][name]
    return Sample(evidence.kind_of(name), name, evidence.of(field, content.witness), right, group, source, copy, content.fields[name].confidence, str(field.value),
                  confidence.sure(field, 1.0, content.witness).confidence)


def of_lines(content: assemble.Content, one: Facts, group: str, copy: str | None) -> Iterator[Sample]:
    """A sample for every value of every line whose like among the true lines is known by its place."""
    if len(content.raw[1]) != len(one.lines):
        return
    for line, shown, true in zip(content.raw[1], content.lines, one.lines, strict=True):
        for name, attribute in CELLS.items():
            if name in line.fields:
                right = same(name, getattr(true, attribute), line.fields[name].value)
                yield Sample("line", name, evidence.of_cell(line.fields[name], line, content.witness), right, group, "made-up", copy,
                             shown.fields[name].confidence, str(line.fields[name].value))


def same(name: str, wanted: Value, value: Value) -> bool:
    """Whether people would call the value read right."""
    if isinstance(wanted, (date, Decimal, int)):
        return value == wanted
    if name in NAMES:
        return order_read.same_name(str(wanted), value)
    return order_read.same_code(str(wanted), value)

"""Which row is the header and which column is what, by the words vendors use. Text in, positions out."""

import dataclasses
import re
from collections.abc import Mapping, Sequence

from makegood.documents.counts.messages import NEEDED
from makegood.documents.orders.values import words

LOOKED_AT = 60  # preambles are long, but not that long
WORDS: dict[str, tuple[str, ...]] = {  # the earlier a phrase, the surer it is
    "day": ("date", "day", "report date", "reporting date", "event date", "delivery date", "activity date", "datum", "tag", "jour", "fecha", "data"),
    "placement_id": ("placement id", "site placement id", "ad server placement id", "adserver placement id", "media placement id", "tag id", "placement code", "platzierungs-id"),
    "placement": ("placement", "placement name", "site placement", "ad server placement", "adserver placement name", "media placement", "tag name", "line item", "platzierung", "emplacement"),
    "impressions": (
        "impressions", "delivered impressions", "served impressions", "impressions delivered", "total impressions", "ad impressions", "imps", "imp",
        "gross impressions", "monitored ads", "monitored impressions", "unblocked impressions", "net impressions", "rendered impressions", "ad starts",
        "einblendungen", "impressionen", "ad impressions (ai)", "impresiones",
    ),
    "clicks": ("clicks", "total clicks", "click throughs", "clickthroughs", "klicks", "clics"),
    "cost": ("media cost", "cost", "spend", "media cost (micros)", "kosten", "cost micros"),
}  # fmt: skip
THOUSANDS = re.compile(r"\(\s*(?:000s?|k|tsd\.?|thousands?|in thousands)\s*\)|\bin thousands\b|\bin tsd\b|\b000s\b")
MICROS = re.compile(r"\(?\bmicros?\b\)?")
CURRENCY = re.compile(r"\((?:usd|eur|gbp|\$|€|£)\)")


@dataclasses.dataclass(frozen=True, slots=True)
class Column:
    """A column: its number from 0, the header as written, and what one unit of it is worth."""

    number: int
    header: str
    scale: float = 1


@dataclasses.dataclass(frozen=True, slots=True)
class Header:
    """The header's row (from 0) and what was recognised in it."""

    row: int
    columns: Mapping[str, Column]


def find(rows: Sequence[Sequence[str]], remembered: Mapping[str, str]) -> Header | None:
    """The row with the most recognised columns, of those that have day and impressions; None when there is none.

    `remembered` maps folded headers to fields and wins over the words.
    """
    found = [Header(number, columns(row, remembered)) for number, row in enumerate(rows[:LOOKED_AT])]
    complete = [one for one in found if all(name in one.columns for name in NEEDED)]
    return max(complete, key=lambda one: (len(one.columns), -one.row), default=None)


def nearest(rows: Sequence[Sequence[str]], remembered: Mapping[str, str]) -> Header | None:
    """The row most like a header though something needed is missing: to say what."""
    found = [Header(number, columns(row, remembered)) for number, row in enumerate(rows[:LOOKED_AT])]
    return max((one for one in found if one.columns), key=lambda one: (len(one.columns), -one.row), default=None)


def columns(row: Sequence[str], remembered: Mapping[str, str]) -> dict[str, Column]:
    """Field -> column of one row; of several that could be it, the surest, then the leftmost."""
    best: dict[str, tuple[int, Column]] = {}
    for number, text in enumerate(row):
        field, rank = _meaning(text, remembered)
        if field and (field not in best or rank < best[field][0]):
            best[field] = rank, Column(number, " ".join(text.split()), _scale(text))
    return {field: column for field, (_, column) in best.items()}


def folded(header: str) -> str:
    """A header in the form it is remembered by."""
    return words.folded(header).strip(" :*")


def _meaning(text: str, remembered: Mapping[str, str]) -> tuple[str, int]:
    name = folded(text)
    if name in remembered:
        return remembered[name], -1
    bare = CURRENCY.sub("", MICROS.sub("", THOUSANDS.sub("", name))).strip(" :*_").replace("_", " ")
    for field, phrases in WORDS.items():
        if bare in phrases:
            return field, phrases.index(bare)
    return "", 0


def _scale(text: str) -> float:
    name = folded(text).replace("_", " ")
    if MICROS.search(name):
        return 1e-6
    return 1000 if THOUSANDS.search(name) else 1

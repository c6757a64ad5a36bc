"""Which product a line means, with score and reasons. Scores what wording read; takes nothing by itself."""

import dataclasses
import functools
from collections.abc import Iterable

from rapidfuzz import fuzz

from makegood.catalog.models import Product
from makegood.catalog.wording import Wanted, plain, wanted, words

CERTAIN, CLEAR = 0.85, 0.1  # taken without asking from this score on, when ahead of the next by this much
WORTH_OFFERING = 0.25

__all__ = ["Candidate", "Match", "Scored", "candidates", "match", "wanted"]


@dataclasses.dataclass(frozen=True)
class Candidate:
    """A product as it is compared."""

    id: int
    name: str
    names: tuple[str, ...]
    aliases: frozenset[str]
    sizes: frozenset[tuple[int, int]]
    lengths: frozenset[int]
    rate_type: str
    format: str
    property: str
    generic: bool = False

    @functools.cached_property
    def wordings(self) -> tuple[str, ...]:
        """The words of each of its names, in the form wordings are compared in."""
        return tuple(" ".join(sorted(words(name))) for name in self.names)

    @functools.cached_property
    def property_words(self) -> frozenset[str]:
        """The words of its property's name."""
        return words(self.property)


@dataclasses.dataclass(frozen=True)
class Scored:
    """A candidate with how well it fits (0..1) and why, each reason in words."""

    product_id: int
    name: str
    score: float
    reasons: tuple[str, ...]


@dataclasses.dataclass(frozen=True)
class Match:
    """`product_id` is set when certain (a known wording, or far ahead of the others); `offered` are best first."""

    product_id: int | None
    score: float
    offered: tuple[Scored, ...]


def candidates(products: Iterable[Product]) -> tuple[Candidate, ...]:
    """Products, with property and placements fetched, as they are compared."""
    return tuple(_candidate(product) for product in products)


def fallback(layout: str, products: Iterable[Product]) -> Product | None:
    """The one of the products that lines of such a document may become when nothing better is known."""
    return min((one for one in products if layout in one.fallback_for), key=lambda one: one.pk, default=None)


def match(line: Wanted | str, among: Iterable[Candidate]) -> Match:
    """The product a line means. A learnt alias or the very name decides; else words, size, length, rate type, property."""
    line = wanted(line) if isinstance(line, str) else line
    scored = sorted((_scored(line, one) for one in among), key=lambda found: (-found.score, found.product_id))
    offered = tuple(found for found in scored[:5] if found.score >= WORTH_OFFERING)
    if not offered:
        return Match(None, 0.0, ())
    ahead = offered[0].score - (scored[1].score if len(scored) > 1 else 0.0)
    certain = offered[0].score >= CERTAIN and ahead >= CLEAR
    return Match(offered[0].product_id if certain else None, offered[0].score, offered)


def _candidate(product: Product) -> Candidate:
    places = list(product.placements.all())
    return Candidate(
        id=product.pk, name=product.name, names=(product.name, *product.aliases),
        aliases=frozenset(plain(name) for name in (product.name, product.code, *product.aliases)),
        sizes=frozenset((place.width, place.height) for place in places if place.width and place.height),
        lengths=frozenset(place.duration_s for place in places if place.duration_s),
        rate_type=product.rate_type, format=product.format, property=product.property.name,
        generic=bool(product.fallback_for),
    )  # fmt: skip


def _scored(line: Wanted, one: Candidate) -> Scored:
    if line.name in one.aliases:
        return Scored(one.id, one.name, 1.0, ("known under this name",))
    likeness = max((fuzz.token_set_ratio(line.wording, wording) for wording in one.wordings), default=0)
    score, reasons = 0.55 * likeness / 100, []
    if likeness >= 60:
        reasons.append(f"words agree {likeness:.0f} %")
    for gain, reason in _signs(line, one):
        score += gain
        reasons.append(reason)
    return Scored(one.id, one.name, round(min(max(score, 0.0), 0.99), 3), tuple(reasons))


def _signs(line: Wanted, one: Candidate) -> Iterable[tuple[float, str]]:
    """Each further sign with its weight: what is named and agrees speaks for, what is named and differs against."""
    if line.size:
        text = f"{line.size[0]}×{line.size[1]}"
        yield (0.25, f"size {text}") if line.size in one.sizes else (-0.25, f"has no {text}")
    if line.length_s and one.lengths:
        yield (0.15, f"{line.length_s} s") if line.length_s in one.lengths else (-0.15, f"not {line.length_s} s")
    if line.rate_type:
        same = line.rate_type == one.rate_type
        yield (0.1, f"sold by {one.rate_type}") if same else (-0.2, f"sold by {one.rate_type}, not {line.rate_type}")
    if one.property_words & line.words:
        yield 0.15, f"on {one.property}"
    if line.format and line.format in (one.format, one.name.casefold()):
        yield 0.05, one.format

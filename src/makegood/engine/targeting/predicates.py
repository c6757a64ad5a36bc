"""Requests, predicates over them, and what it means that a targeting matches.

Definitions only; JSON lives in `form`, speed in `index` and `mask`.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import msgspec

Token = str | int


class TargetingInvalid(ValueError):
    """What was given is not a targeting; the message starts with the dimension."""


EXACT = ("placement", "device", "hour_of_week")
TREES = {"geo": "-", "section": "/", "language": "-", "category": "-"}
DIMENSIONS = (*EXACT, *TREES, "audience")
KEY_VALUE = "kv:"
NOTHING: frozenset[Token] = frozenset()


NO_KEY_VALUES: Mapping[str, str] = MappingProxyType({})


class Request(msgspec.Struct, frozen=True, gc=False):
    """One ad request. `geo` is a path 'US-CA-803', `section` a path 'news/sport', `hour_of_week` 0..167 local."""

    placement: int
    geo: str | None = None
    device: str | None = None
    audiences: frozenset[str] = frozenset()
    section: str | None = None
    language: str | None = None
    category: str | None = None
    key_values: Mapping[str, str] = NO_KEY_VALUES
    hour_of_week: int | None = None
    format: str | None = None
    width: int | None = None
    height: int | None = None

    def value(self, dimension: str) -> Token | frozenset[str] | None:
        """The request's value of a dimension ('device', 'kv:sport' ...), None when it has none."""
        if dimension.startswith(KEY_VALUE):
            return self.key_values.get(dimension[len(KEY_VALUE) :])
        if dimension == "audience":
            return self.audiences
        found: Token | None = getattr(self, dimension)
        return found


@dataclass(frozen=True, slots=True)
class Predicate:
    """On one dimension: any of `include` (when given) and none of `exclude`. Raises TargetingInvalid for no dimension."""

    dimension: str
    include: frozenset[Token] = NOTHING
    exclude: frozenset[Token] = NOTHING

    def __post_init__(self) -> None:
        if self.dimension not in DIMENSIONS and not self.dimension.startswith(KEY_VALUE):
            raise TargetingInvalid(f"{self.dimension}: unknown dimension, expected one of {', '.join((*DIMENSIONS, 'key_values'))}")

    def accepts(self, present: frozenset[Token]) -> bool:
        """Whether a request carrying the tokens `present` on this dimension passes."""
        return (not self.include or not self.include.isdisjoint(present)) and self.exclude.isdisjoint(present)


@dataclass(frozen=True, slots=True)
class Targeting:
    """All predicates must accept; no predicates match every request. Dimensions are unique and sorted."""

    predicates: tuple[Predicate, ...] = ()

    def without(self, dimension: str) -> Targeting:
        """The same targeting with one dimension set free."""
        return Targeting(tuple(p for p in self.predicates if p.dimension != dimension))

    def widened(self, predicate: Predicate) -> Targeting:
        """The same targeting with the predicate of that dimension replaced."""
        rest = self.without(predicate.dimension).predicates
        return Targeting(tuple(sorted((*rest, predicate), key=lambda p: p.dimension)))


EVERYTHING = Targeting()


def tokens(dimension: str, value: Token | frozenset[str] | None) -> frozenset[Token]:
    """Every token a value carries: itself, its ancestors in a tree ('US-CA' carries 'US'), or each member of a set."""
    if value is None:
        return NOTHING
    return frozenset(value) if isinstance(value, frozenset) else _path(dimension, value)


@functools.lru_cache(maxsize=65_536)
def _path(dimension: str, value: Token) -> frozenset[Token]:
    mark = TREES.get(dimension)
    if mark is None or isinstance(value, int):
        return frozenset((value,))
    parts = value.split(mark)
    return frozenset(mark.join(parts[:n]) for n in range(1, len(parts) + 1))


def matches(targeting: Targeting, request: Request) -> bool:
    """Whether the request is eligible; the meaning the faster evaluations are tested against."""
    return all(p.accepts(tokens(p.dimension, request.value(p.dimension))) for p in targeting.predicates)

"""Many targetings against one request: bitsets per dimension and value.

Used by the decision; answers exactly what `matches` answers for each.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Hashable, Sequence

from makegood.engine.targeting.predicates import KEY_VALUE, NOTHING, Request, Targeting, Token, tokens

CACHED_VALUES = 20_000


class _Dimension:
    """For one dimension, the targetings that accept a value, as a bit mask; the set of seen values is kept bounded."""

    def __init__(self, name: str, everyone: int) -> None:
        self.name, self.read = name, _reader(name)
        self.unrestricted = everyone
        self.include: dict[Token, int] = {}
        self.exclude: dict[Token, int] = {}
        self.seen: dict[Token | frozenset[str] | None, int] = {}

    def accepting(self, value: Token | frozenset[str] | None) -> int:
        found = self.seen.get(value)
        if found is None:
            if len(self.seen) >= CACHED_VALUES:
                self.seen.clear()
            found = self.seen[value] = self._accepting(value)
        return found

    def _accepting(self, value: Token | frozenset[str] | None) -> int:
        accepted, refused = self.unrestricted, 0
        for token in tokens(self.name, value) if value is not None else NOTHING:
            accepted |= self.include.get(token, 0)
            refused |= self.exclude.get(token, 0)
        return accepted & ~refused


class TargetingIndex:
    """Bit n of `eligible(request)` says whether targeting n matches. Cost: one look-up per dimension in use."""

    def __init__(self, targetings: Sequence[Targeting]) -> None:
        self.everyone = (1 << len(targetings)) - 1
        dimensions: dict[str, _Dimension] = {}
        for number, targeting in enumerate(targetings):
            bit = 1 << number
            for predicate in targeting.predicates:
                name = predicate.dimension
                dimension = dimensions.setdefault(name, _Dimension(name, self.everyone))
                if predicate.include:
                    dimension.unrestricted &= ~bit
                for token in predicate.include:
                    dimension.include[token] = dimension.include.get(token, 0) | bit
                for token in predicate.exclude:
                    dimension.exclude[token] = dimension.exclude.get(token, 0) | bit
        self._dimensions = tuple(dimensions.values())
        self.dimensions = frozenset(dimensions)
        """Names of those that any of the targetings reads."""
        self.key = _key(list(dimensions))
        """Of a request: two with the same key are eligible for the same targetings."""

    def eligible(self, request: Request) -> int:
        """The bit mask of matching targetings."""
        mask = self.everyone
        for dimension in self._dimensions:
            mask &= dimension.accepting(dimension.read(request))
        return mask


def _key(names: Sequence[str]) -> Callable[[Request], Hashable]:
    """Reads a request's values of all the dimensions at once."""
    keys = tuple(name[len(KEY_VALUE) :] for name in names if name.startswith(KEY_VALUE))
    attributes = [_attribute(name) for name in names if not name.startswith(KEY_VALUE)]
    read: Callable[[Request], Hashable] = operator.attrgetter(*attributes) if attributes else lambda request: None
    if not keys:
        return read
    return lambda request: (read(request), *[request.key_values.get(key) for key in keys])


def _reader(name: str) -> Callable[[Request], Token | frozenset[str] | None]:
    """How a request's value of the dimension is read, without looking at the name each time."""
    if name.startswith(KEY_VALUE):
        key = name[len(KEY_VALUE) :]
        return lambda request: request.key_values.get(key)
    return operator.attrgetter(_attribute(name))


def _attribute(name: str) -> str:
    return "audiences" if name == "audience" else name

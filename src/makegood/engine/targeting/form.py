"""Targeting as JSON, in and out, with errors that name the place.

{"device": ["mobile"], "geo": {"include": ["US-CA"], "exclude": ["US-CA-803"]}, "key_values": {"team": ["reds"]}}
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from makegood.engine.targeting.predicates import KEY_VALUE, Predicate, Targeting, TargetingInvalid, Token

NUMERIC = {"placement": None, "hour_of_week": 167}
PLURALS = {"placements": "placement", "audiences": "audience", "hours_of_week": "hour_of_week"}


def from_json(row: Mapping[str, Any]) -> Targeting:
    """Read a targeting; a list means include. Raises TargetingInvalid."""
    predicates: dict[str, Predicate] = {}
    for name, value in row.items():
        for dimension, choice in _spread(name, value):
            if dimension in predicates:
                raise TargetingInvalid(f"{dimension}: given twice")
            predicates[dimension] = _predicate(dimension, choice)
    return Targeting(tuple(predicates[dimension] for dimension in sorted(predicates)))


def to_json(targeting: Targeting) -> dict[str, Any]:
    """The canonical JSON: sorted, lists where nothing is excluded; `from_json` gives the same targeting back."""
    row: dict[str, Any] = {}
    for predicate in targeting.predicates:
        choice: Any = sorted(predicate.include, key=str)
        if predicate.exclude:
            choice = {"include": choice, "exclude": sorted(predicate.exclude, key=str)}
        if predicate.dimension.startswith(KEY_VALUE):
            row.setdefault("key_values", {})[predicate.dimension[len(KEY_VALUE) :]] = choice
        else:
            row[predicate.dimension] = choice
    return row


def _spread(name: str, value: Any) -> list[tuple[str, Any]]:
    if name == "key_values":
        if not isinstance(value, Mapping):
            raise TargetingInvalid(f"key_values: expected an object of key to values, not {value!r}")
        return [(f"{KEY_VALUE}{key}", choice) for key, choice in value.items()]
    if name.startswith(KEY_VALUE):
        raise TargetingInvalid(f"{name}: give key-values as an object under 'key_values'")
    return [(PLURALS.get(name, name), value)]


def _predicate(dimension: str, choice: Any) -> Predicate:
    parts = choice if isinstance(choice, Mapping) else {"include": choice}
    if unknown := set(parts) - {"include", "exclude"}:
        raise TargetingInvalid(f"{dimension}: {min(unknown)!r} is neither 'include' nor 'exclude'")
    include, exclude = (_values(dimension, parts.get(side) or []) for side in ("include", "exclude"))
    if not include and not exclude:
        raise TargetingInvalid(
            f"{dimension}: an empty choice matches nothing; leave the dimension out to match everything"
        )
    return Predicate(dimension, include, exclude)


def _values(dimension: str, values: Any) -> frozenset[Token]:
    if not isinstance(values, list | tuple | set | frozenset):
        raise TargetingInvalid(f"{dimension}: expected a list of values, not {values!r}")
    wanted, highest = (int if dimension in NUMERIC else str), NUMERIC.get(dimension)
    for value in values:
        if type(value) is not wanted or value == "":
            raise TargetingInvalid(f"{dimension}: {value!r} is not {'a whole number' if wanted is int else 'a name'}")
        if highest is not None and not 0 <= int(value) <= highest:
            raise TargetingInvalid(f"{dimension}: {value} is outside 0..{highest}")
    return frozenset(values)

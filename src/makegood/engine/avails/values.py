"""Other values of one dimension: hours of the week, values an exclusion keeps out, the commonest that are not chosen yet.

Words and predicates only; what they gain is computed by `check`.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from makegood.engine.supply import Supply
from makegood.engine.targeting import Predicate, Token, tokens
from makegood.engine.targeting.predicates import KEY_VALUE

HOURS, DAY, WEEKEND = "hour_of_week", 24, range(5 * 24, 7 * 24)
WEEK = frozenset(range(7 * 24))
MOST_ADDED = 3
KEPT = ("placement", HOURS)  # another placement is another product; hours have words of their own


def name(dimension: str) -> str:
    """What a salesperson calls the dimension."""
    return dimension.removeprefix(KEY_VALUE).replace("_", " ")


def hours(predicate: Predicate) -> Iterator[tuple[str, Predicate]]:
    """The weekend at the same hours, and all hours of the same days."""
    if predicate.dimension != HOURS:
        return
    on = {int(hour) for hour in (predicate.include or WEEK) - predicate.exclude}
    weekend = on | {hour for hour in WEEKEND if hour % DAY in {one % DAY for one in on}}
    whole = {hour for hour in WEEK if hour // DAY in {one // DAY for one in on}}
    for words, wider in (("add weekends", weekend), ("run all day", whole)):
        if wider != on:
            yield words, Predicate(HOURS, frozenset(wider))


def more(predicate: Predicate, supply: Supply) -> Iterator[tuple[str, Predicate]]:
    """One value more: each that is excluded allowed, or one of the commonest in the supply added."""
    if predicate.dimension in KEPT:
        return
    for token in sorted(predicate.exclude, key=str) if len(predicate.exclude) > 1 else ():
        yield f"allow {token}", Predicate(predicate.dimension, predicate.include, predicate.exclude - {token})
    if predicate.include:
        for token in _commonest(predicate, supply):
            yield f"add {token}", Predicate(predicate.dimension, predicate.include | {token}, predicate.exclude)


def _commonest(predicate: Predicate, supply: Supply) -> list[Token]:
    """Values that the predicate does not accept yet, those with most requests first."""
    column = supply.column(predicate.dimension)
    weight = np.bincount(column.codes, weights=supply.weights, minlength=len(column.values))
    found: dict[Token, float] = {}
    for value, requests in zip(column.values, weight.tolist(), strict=True):
        present = tokens(predicate.dimension, value)
        if not predicate.accepts(present) and predicate.exclude.isdisjoint(present):
            for token in value if isinstance(value, frozenset) else (value,) if value is not None else ():
                found[token] = found.get(token, 0.0) + requests
    return sorted(found, key=lambda token: (-found[token], str(token)))[:MOST_ADDED]

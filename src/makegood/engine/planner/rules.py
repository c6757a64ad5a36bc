"""Best practice as data: what a plan for an objective should look like, each rule with its reason and its source.

Read from rules.json and checked there; what a rule means for a problem is made here, which plans it concerns by the caller.
"""

from __future__ import annotations

import dataclasses
import functools
import pathlib
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from makegood.engine.planner.records import Estimate, Share

HERE = pathlib.Path(__file__).with_name("rules.json")
KPIS = ("impressions", "viewable", "reach", "clicks", "completes", "conversions", "sales")
START_SPREAD = 0.6  # relative deviation of what is only held


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One rule. No objectives: for all. `kind` is share, frequency, line, lines or flighting; hard, or soft by `weight`.

    `source` says what is published (at `link`) and what is the house's own; without a link all of it is.
    """

    id: str
    objectives: tuple[str, ...]
    kind: str
    words: str
    reason: str
    source: str
    link: str = ""
    trait: str = ""
    each: str = ""
    low: float = 0.0
    high: float = 1.0
    hard: bool = False
    weight: float = 0.0
    least_share: float = 0.0
    least_days: int = 1
    most: int = 0
    options: tuple[str, ...] = ()


class Again(msgspec.Struct, frozen=True):
    """What the next contact with the same person is worth beside the one before."""

    value: float
    reason: str
    link: str = ""


class Book(msgspec.Struct, frozen=True):
    """All of it. `start` holds rates by kind and format for which nothing was counted yet."""

    version: str
    rules: tuple[Rule, ...]
    again: dict[str, Again]
    start: dict[str, str | dict[str, float]]

    def of(self, objective: str) -> tuple[Rule, ...]:
        """The rules for an objective."""
        return tuple(one for one in self.rules if not one.objectives or objective in one.objectives)

    def only(self, kind: str, objective: str) -> Rule | None:
        """The rule of a kind for an objective, the more special one first; None when there is none."""
        found = sorted((one for one in self.of(objective) if one.kind == kind), key=lambda one: not one.objectives)
        return found[0] if found else None

    def held(self, rate: str, form: str) -> Estimate:
        """A rate before anything was counted; zero where the format has none of it."""
        by_format = self.start.get(rate, {})
        mean = by_format.get(form, 0.0) if isinstance(by_format, Mapping) else 0.0
        return Estimate(mean, START_SPREAD * mean * (1 - mean) if rate == "kept" else START_SPREAD * mean, level="assumption")


@functools.cache
def book() -> Book:
    """The shipped rules. Raises msgspec.ValidationError at the wrong place of the file."""
    return msgspec.json.decode(HERE.read_bytes(), type=Book)


def shares(rules: Iterable[Rule], values: Mapping[str, Sequence[str]]) -> tuple[Share, ...]:
    """The share rules as the planner takes them. A rule for each property or product is one for every value in `values`.

    It is left out where there is only one value to choose from, or so few that it could not be kept.
    """
    found: list[Share] = []
    for rule in rules:
        if rule.kind != "share":
            continue
        one = Share(rule.id, rule.words, rule.trait, rule.low, rule.high, None if rule.hard else rule.weight)
        if not rule.each:
            found.append(one)
        elif len(values.get(rule.each, ())) * rule.high > 1:
            found += [dataclasses.replace(one, key=f"{rule.id}:{value}", trait=f"{rule.each}:{value}") for value in values[rule.each]]
    return tuple(found)

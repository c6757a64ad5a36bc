"""How much each difference from our paper weighs, as data (policy.toml): another set is passed the same way. The clauses are the paper's."""

import dataclasses
import functools
import importlib.resources
import tomllib
from collections.abc import Mapping

from makegood.documents.terms.figures import Spec


@dataclasses.dataclass(frozen=True, slots=True)
class Weight:
    """Points of a clause that is missing, worded otherwise, has a worse figure, or turns a no into a yes."""

    missing: int = 3
    reworded: int = 1
    figure: int = 3
    turned: int = 6


@dataclasses.dataclass(frozen=True, slots=True)
class Watched:
    """A clause of theirs that we do not have but know: by its words, with its points and why it matters."""

    code: str
    title: str
    words: tuple[str, ...]
    points: int
    why: str


@dataclasses.dataclass(frozen=True, slots=True)
class Policy:
    """`topics` are words that headings of a clause have; `weights` by clause code, `default` for others; `unknown` for added ones."""

    version: str
    topics: Mapping[str, tuple[str, ...]]
    weights: Mapping[str, Weight]
    figures: tuple[Spec, ...]
    watched: tuple[Watched, ...]
    unknown: int = 2
    default: Weight = Weight()

    def of(self, code: str) -> Weight:
        """How differences of a clause weigh."""
        return self.weights.get(code, self.default)


@functools.cache
def standard() -> Policy:
    """Our shipped policy."""
    data = tomllib.loads(importlib.resources.files("makegood.documents.terms").joinpath("policy.toml").read_text("utf-8"))
    figures = tuple(Spec(one["code"], one["label"], one["unit"], tuple(one["clauses"]), tuple(one["near"]), one["worse"]) for one in data["figure"])
    watched = tuple(Watched(one["code"], one["title"], tuple(one["words"]), one["points"], one["why"]) for one in data["watched"])
    topics = {one["code"]: tuple(one["topics"]) for one in data["weighed"]}
    weights = {one["code"]: Weight(**one["weight"]) for one in data["weighed"] if "weight" in one}
    return Policy(data["version"], topics, weights, figures, watched, data["unknown_points"])

"""The clauses shipped with the product, a file for each language. Data to start from; what is in force is the seller's own record."""

import tomllib
from dataclasses import dataclass
from importlib import resources

from makegood.documents.papers import agreed, language


@dataclass(frozen=True)
class Standard:
    """A shipped clause and the kinds of paper it stands on, in its place among the others."""

    key: str
    position: int
    title: str
    text: str
    papers: tuple[str, ...]


def clauses(code: str) -> tuple[Standard, ...]:
    """The shipped clauses in the language `code`, in order. Raises ValueError for a language there are none in."""
    language.of(code)
    read = tomllib.loads(resources.files(__package__).joinpath(f"{code}.toml").read_text(encoding="utf-8"))
    return tuple(
        Standard(key, 10 * at, one["title"], one["text"].strip(), tuple(one.get("papers", agreed.KINDS))) for at, (key, one) in enumerate(read.items(), 1)
    )

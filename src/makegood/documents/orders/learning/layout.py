"""What is kept of a layout: its fixed texts, rules from a label to a field, columns by their header words. Plain data, JSON-ready."""
import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from makegood.documents.orders import lexicon
from makegood.documents.orders.leaf import Chunk, Leaf
from makegood.documents.orders.values import words

LONGEST_FIXED, MOST_FIXED = 6, 120  # words of a fixed text; texts of a layout


@dataclass(frozen=True, slots=True)
class Rule:
    """A field stands `relation` (right, below, inline) of the text `anchor`; `part` counts the values in its cell from 0."""

    field: str
    anchor: str
    relation: str
    part: int = 0


@dataclass(frozen=True)
class Learnt:
    """One layout: `key` names it, `fixed` are its labels and header words, `columns` say what a header's words hold."""

    key: str
    fixed: frozenset[str]
    rules: tuple[Rule, ...]
    columns: Mapping[str, str]

    def to_json(self) -> dict[str, Any]:
        """The rules as plain data."""
        return {"rules": [dataclasses.asdict(rule) for rule in self.rules], "columns": dict(self.columns)}

    @classmethod
    def of(cls, key: str, fixed: Sequence[str], raw: Mapping[str, Any]) -> "Learnt":
        """From plain data."""
        return cls(key, frozenset(fixed), tuple(Rule(**rule) for rule in raw["rules"]), dict(raw["columns"]))


def said(chunk: Chunk) -> str:
    """A text as layouts compare it."""
    return words.folded(chunk.text).strip(" :#*")


def fixed(leaves: Sequence[Leaf]) -> list[str]:
    """The fixed texts of a document's first page or of all its sheets: known labels and header words, and whatever a colon closes."""
    found: dict[str, None] = {}
    for leaf in leaves[:1] if leaves[0].sheet is None else leaves:
        for chunk in (chunk for row in leaf.rows for chunk in row):
            for text in (chunk.text, chunk.text.split(":")[0]) if ":" in chunk.text else (chunk.text,):
                form = tuple(token.word for token in lexicon.tokens(text))
                known = form in lexicon.labels() or form in lexicon.columns() or (text is not chunk.text and len(form) <= LONGEST_FIXED)
                if known and form and not any(letter.isdigit() for letter in text):
                    found.setdefault(words.folded(text).strip(" :#*"))
    return list(found)[:MOST_FIXED]


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Share of fixed texts that two documents have in common (Jaccard)."""
    return len(one & other) / max(1, len(one | other))

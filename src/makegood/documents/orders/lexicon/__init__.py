"""The trade's words as data: labels.toml for facts of the document, columns.toml for the table of lines.

Only loading and comparing of tokens; no positions.
"""
import functools
import itertools
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources

from makegood.documents.orders.values import words

Tokens = tuple[str, ...]
NUMBER_WORDS = {"number": "#", "no": "#", "num": "#", "nr": "#", "id": "#", "nbr": "#", "numero": "#", "no.": "#", "nº": "#", "n°": "#"}
GLUED = re.compile(r"[a-z](?=[A-Z][a-z])")
TOKEN = re.compile(r"[a-z0-9à-ɏ]+(?:['.-][a-z0-9à-ɏ]+)*|[#%$/&]")


@dataclass(frozen=True, slots=True)
class Meaning:
    """A fact a label may stand for, the kind of value it takes and how surely."""

    name: str
    kind: str
    weight: float


@dataclass(frozen=True, slots=True)
class Token:
    """A folded word of a text with its span in the original; `closed` where a colon stands right behind it."""

    word: str
    start: int
    end: int
    closed: bool = False


@functools.lru_cache(maxsize=8192)
def tokens(text: str) -> tuple[Token, ...]:
    """The words of a text as they are compared; spans refer to the text as given."""
    plain = text.casefold()
    if len(plain) != len(text):  # a letter that folds to two would shift the spans
        plain = text.lower()
    found = [Token(words.folded(plain[first:last]), first, last) for match in TOKEN.finditer(plain)
             for first, last in unglued(text, *match.span())]
    return tuple(Token(NUMBER_WORDS.get(token.word, token.word), token.start, token.end, plain[token.end:].lstrip().startswith(":"))
                 for token in found)


def unglued(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Spans of words written together as in 'StartDate', which text layers of scans do."""
    cuts = [start, *(match.start() + 1 for match in GLUED.finditer(text, start, end)), end]
    return list(itertools.pairwise(cuts))


def load(name: str) -> dict[Tokens, tuple[Meaning, ...]]:
    """One of the lexicon files as {tokens of the label: meanings}."""
    table = tomllib.loads(resources.files(__package__).joinpath(name).read_text(encoding="utf-8"))
    meanings: dict[Tokens, list[Meaning]] = {}
    for fact, entry in table.items():
        for key, labels in flat(entry):
            for label in labels:
                for tail in ("", *entry.get("tails", ())):
                    form = tuple(token.word for token in tokens(f"{label} {tail}"))
                    meaning = Meaning(fact, entry["kind"], float(key))
                    if meaning not in meanings.setdefault(form, []):
                        meanings[form].append(meaning)
    return {form: tuple(found) for form, found in meanings.items()}


def flat(entry: dict[str, object]) -> list[tuple[str, list[str]]]:
    """(weight, labels) of one fact; TOML reads the key 0.9 as the dotted pair 0 and 9."""
    found: list[tuple[str, list[str]]] = []
    for whole, value in entry.items():
        if isinstance(value, dict):
            found += [(f"{whole}.{part}", labels) for part, labels in value.items()]
    return found


@functools.cache
def labels() -> dict[Tokens, tuple[Meaning, ...]]:
    """Labels of document facts."""
    return load("labels.toml")


@functools.cache
def columns() -> dict[Tokens, tuple[Meaning, ...]]:
    """Header words of the table of lines."""
    return load("columns.toml")


def spans(found: Sequence[Token], known: dict[Tokens, tuple[Meaning, ...]], longest: int = 6) -> list[tuple[int, int, tuple[Meaning, ...]]]:
    """Greedy reading of tokens from the left: (first token, token after the last, meanings) of each known label.

    A colon ends a label: 'Client: No on 2' is the label 'client', not 'client no'.
    """
    at, result = 0, []
    while at < len(found):
        for size in range(min(longest, len(found) - at), 0, -1):
            form = tuple(token.word for token in found[at:at + size])
            if form in known and not any(token.closed for token in found[at:at + size - 1]):
                result.append((at, at + size, known[form]))
                at += size - 1
                break
        at += 1
    return result

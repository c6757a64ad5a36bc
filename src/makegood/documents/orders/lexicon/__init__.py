"""The trade's words as data: labels.toml for facts of the document, columns.toml for the table of lines.

Only loading and comparing of tokens; no positions.
"""
import functools
import re
import tomllib
from dataclasses import dataclass
from importlib import resources

from makegood.documents.orders.values import words

Tokens = tuple[str, ...]
NUMBER_WORDS = {"number": "#", "no": "#", "num": "#", "nr": "#", "id": "#", "nbr": "#", "numero": "#", "no.": "#", "nº": "#", "n°": "#"}
TOKEN = re.compile(r"[a-z0-9à-ÿ]+(?:['.-][a-z0-9à-ÿ]+)*|[#%$/&]")


@dataclass(frozen=True, slots=True)
class Meaning:
    """A fact a label may stand for, the kind of value it takes and how surely."""

    name: str
    kind: str
    weight: float


@dataclass(frozen=True, slots=True)
class Token:
    """A folded word of a text with its span in the original."""

    word: str
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """The words of a text as they are compared; spans refer to the text as given."""
    plain = text.casefold()
    if len(plain) != len(text):  # a letter that folds to two would shift the spans
        plain = text.lower()
    found = [Token(words.folded(match[0]), *match.span()) for match in TOKEN.finditer(plain)]
    return [Token(NUMBER_WORDS.get(token.word, token.word), token.start, token.end) for token in found]


def load(name: str) -> dict[Tokens, tuple[Meaning, ...]]:
    """One of the lexicon files as {tokens of the label: meanings}."""
    table = tomllib.loads(resources.files(__package__).joinpath(name).read_text(encoding="utf-8"))
    meanings: dict[Tokens, list[Meaning]] = {}
    for fact, entry in table.items():
        for key, labels in flat(entry):
            for label in labels:
                form = tuple(token.word for token in tokens(label))
                meanings.setdefault(form, []).append(Meaning(fact, entry["kind"], float(key)))
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


def spans(found: list[Token], known: dict[Tokens, tuple[Meaning, ...]], longest: int = 6) -> list[tuple[int, int, tuple[Meaning, ...]]]:
    """Greedy reading of tokens from the left: (first token, token after the last, meanings) of each known label."""
    at, result = 0, []
    while at < len(found):
        for size in range(min(longest, len(found) - at), 0, -1):
            form = tuple(token.word for token in found[at:at + size])
            if form in known:
                result.append((at, at + size, known[form]))
                at += size - 1
                break
        at += 1
    return result

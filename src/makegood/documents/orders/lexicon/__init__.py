"""The trade's words as data: labels.toml for facts of the document, columns.toml for the table of lines.

Only loading and comparing of tokens; no positions.
"""
import functools
import itertools
import re
import tomllib
from dataclasses import dataclass
from importlib import resources

from rapidfuzz import fuzz, process

from makegood.documents.orders.values import words

Tokens = tuple[str, ...]
NUMBER_WORDS = {"number": "#", "no": "#", "num": "#", "nr": "#", "id": "#", "nbr": "#", "numero": "#", "no.": "#", "nº": "#", "n°": "#"}
GLUED = re.compile(r"[a-z](?=[A-Z][a-z])")
SHORTEST_MENDED, NEARLY, LONGEST_LABEL = 6, 84, 32
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
    found = [Token(words.folded(plain[first:last]), first, last) for match in TOKEN.finditer(plain)
             for first, last in unglued(text, *match.span())]
    return [Token(NUMBER_WORDS.get(token.word, token.word), token.start, token.end) for token in found]


def unglued(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Spans of words written together as in 'StartDate', which text layers of scans do."""
    cuts = [start, *(match.start() + 1 for match in GLUED.finditer(text, start, end)), end]
    return list(itertools.pairwise(cuts))


@functools.cache
def vocabulary() -> list[str]:
    """Long words of labels, which can be known again when a letter is wrong."""
    return sorted({word for form in labels() for word in form if len(word) >= SHORTEST_MENDED})


@functools.cache
def exact_words() -> frozenset[str]:
    """Every word of every label."""
    return frozenset(word for form in labels() for word in form)


@functools.lru_cache(maxsize=20_000)
def mended(word: str) -> str | None:
    """The label's word that a word nearly is, None when it is one itself or is like none."""
    if len(word) < SHORTEST_MENDED or word in exact_words():
        return None
    close = process.extractOne(word, vocabulary(), scorer=fuzz.ratio, score_cutoff=NEARLY)
    return close[0] if close else None


def label_tokens(text: str) -> tuple[list[Token], set[int]]:
    """Tokens with words a letter off written as the label's word, and which of them (by index) were mended."""
    found, faint = tokens(text), set()
    for index, token in enumerate(found):
        better = mended(token.word)
        if better is not None:
            found[index] = Token(better, token.start, token.end)
            faint.add(index)
    return found, faint


@functools.cache
def label_texts() -> list[str]:
    """Labels of two words and more, written out."""
    return [" ".join(form) for form in labels() if len(form) > 1]


@functools.lru_cache(maxsize=4096)
def nearly_label(text: str) -> bool:
    """Whether a short text is one of the longer labels with letters wrong: no value then."""
    if len(text) > LONGEST_LABEL:
        return False
    written = " ".join(token.word for token in tokens(text))
    return process.extractOne(written, label_texts(), scorer=fuzz.ratio, score_cutoff=NEARLY) is not None


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

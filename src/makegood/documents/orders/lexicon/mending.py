"""Labels known again in texts that scans have misread: letters that look alike, a letter wrong, a word torn in two.

Only words and labels; where they stand is not asked here.
"""
import functools

from rapidfuzz import fuzz, process

from makegood.documents.orders import lexicon
from makegood.documents.orders.lexicon import Token, Tokens

SHORTEST_MENDED, SHORTEST_ALIKE, NEARLY = 6, 4, 83  # letters; 83: one wrong letter in a word of six
SHORTEST_TORN, LONGEST_LABEL, NEARLY_WHOLE = 7, 32, 88
ALIKE = str.maketrans({"0": "o", "1": "l", "i": "l", "5": "s", "8": "b", "6": "b", "q": "g"})
PAIRS = (("rn", "m"), ("vv", "w"), ("cl", "d"))


def alike(word: str) -> str:
    """The word with letters that scans confuse written as one of them."""
    for pair, letter in PAIRS:
        word = word.replace(pair, letter)
    return word.translate(ALIKE)


@functools.cache
def exact_words() -> frozenset[str]:
    """Every word of every label."""
    return frozenset(word for form in lexicon.labels() for word in form)


@functools.cache
def vocabulary() -> list[str]:
    """Long words of labels, which can be known again when a letter is wrong."""
    return sorted(word for word in exact_words() if len(word) >= SHORTEST_MENDED)


@functools.cache
def alike_words() -> dict[str, str]:
    """{form with confused letters made one: the label's word}."""
    return {alike(word): word for word in sorted(exact_words()) if len(word) >= SHORTEST_ALIKE}


@functools.lru_cache(maxsize=20_000)
def mended(word: str) -> str | None:
    """The label's word that a word nearly is, None when it is one itself or is like none."""
    if len(word) < SHORTEST_ALIKE or word in exact_words():
        return None
    if (same := alike_words().get(alike(word))) is not None:
        return same
    if len(word) < SHORTEST_MENDED:
        return None
    close = process.extractOne(word, vocabulary(), scorer=fuzz.ratio, score_cutoff=NEARLY)
    return close[0] if close else None


def label_tokens(text: str) -> tuple[list[Token], set[int]]:
    """Tokens with words a letter off or torn in two written as the label's word, and which (by index) are doubtful:

    those with another letter than scans confuse.
    """
    found: list[Token] = []
    faint: set[int] = set()
    for token in lexicon.tokens(text):
        if found and torn(found[-1], token):
            found[-1] = Token(found[-1].word + token.word, found[-1].start, token.end, token.closed)
            continue
        better = mended(token.word)
        if better is not None and alike(better) != alike(token.word):
            faint.add(len(found))
        found.append(token if better is None else Token(better, token.start, token.end, token.closed))
    return found, faint


def torn(left: Token, right: Token) -> bool:
    """Whether two words are one word of a label with a hole in it: 'Adver tiser'."""
    whole = left.word + right.word
    return len(whole) >= SHORTEST_TORN and whole in exact_words() and not {left.word, right.word} <= exact_words()


@functools.cache
def label_texts() -> dict[str, Tokens]:
    """Labels of two words and more, written out."""
    return {" ".join(form): form for form in lexicon.labels() if len(form) > 1}


@functools.lru_cache(maxsize=4096)
def nearly_label(text: str) -> Tokens | None:
    """The longer label that a whole short text is but for wrong letters, None where it is none."""
    if len(text) > LONGEST_LABEL:
        return None
    written = " ".join(token.word for token in lexicon.tokens(text))
    if written in label_texts():
        return label_texts()[written]
    if any(word.isdigit() for word in written.split()):
        return None
    close = process.extractOne(written, label_texts().keys(), scorer=fuzz.ratio, score_cutoff=NEARLY_WHOLE)
    return label_texts()[close[0]] if close else None

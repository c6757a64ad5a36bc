"""Figures of a row of totals, named by the header words above them: Gross Amount, Agency Comm., Net Amount.

Adds readings to those found beside labels; choosing is done in `money`.
"""
from collections.abc import Iterator

from makegood.documents.orders import lexicon
from makegood.documents.orders.fields import typed
from makegood.documents.orders.fields.gather import Guess
from makegood.documents.orders.leaf import Chunk, Leaf

WORDS = {"total", "totals", "grand total", "grand totals", "order totals", "contract totals", "summe", "gesamt", "totale", "totaux"}
HIGHEST = 40  # rows a total may stand below its header
CERTAIN = 0.92
MEANT = {"gross_amount", "commission_amount", "net_amount", "tax_amount"}


def guesses(leaves: tuple[Leaf, ...], manner: typed.Manner) -> Iterator[Guess]:
    """A reading for each figure of each row of totals that has a header above it."""
    for leaf in leaves:
        for index, row in enumerate(leaf.rows):
            if not any(chunk.text.casefold().strip(" :") in WORDS for chunk in row):
                continue
            for chunk in row:
                read = typed.money(chunk.text, chunk, manner)
                meaning = heading(leaf, index, chunk) if read is not None and read[1] > 0.7 else None
                if read is not None and meaning is not None:
                    yield Guess(meaning.name, read[0], chunk.text, chunk, CERTAIN * meaning.weight * read[1], leaf.number)


def heading(leaf: Leaf, index: int, chunk: Chunk) -> lexicon.Meaning | None:
    """What the nearest label over the chunk calls an amount; None when the nearest label means something else."""
    for row in reversed(leaf.rows[max(0, index - HIGHEST):index]):
        for above in row:
            if not (above.x0 < chunk.x1 and chunk.x0 < above.x1) or any(letter.isdigit() for letter in above.text):
                continue
            form = tuple(token.word for token in lexicon.tokens(above.text))
            meanings = [meaning for meaning in lexicon.labels().get(form, ()) if meaning.name in MEANT]
            return max(meanings, key=lambda meaning: meaning.weight, default=None)
    return None

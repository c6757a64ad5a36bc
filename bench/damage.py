"""Pages made worse on purpose, to see how sturdy a reader is: wrong letters, torn words, lost rows, other words for labels.

Works on the leaves of a document as read, with a random generator that is passed in; nothing here is measured.
"""
import dataclasses
import random
from collections.abc import Callable

from makegood.documents.orders.leaf import Chunk, Leaf, Row

ALIKE = {"l": "1I", "1": "lI", "0": "O", "O": "0", "5": "S", "S": "5", "8": "B", "B": "8", "i": "l", "e": "c", "c": "e", "a": "o",
         "n": "r", "t": "f", "h": "b", "g": "q", "m": "rn", "r": "n", "D": "O", "E": "F", "C": "G", "u": "v", "v": "y", "A": "R"}
SYNONYMS = {"Contract / Revision": "Contract # / Rev", "Contract #": "Contract No.", "Order / Rev": "Order # / Revision",
            "Invoice #": "Invoice No", "Advertiser": "Client", "Contract Dates": "Flight Dates", "Flight Dates": "Order Flight",
            "Schedule Dates": "Flight", "Order Flight": "Contract Dates", "Gross Amount": "Gross Total", "Gross Total": "Total Gross",
            "Grand Total:": "Total Gross:", "Total $:": "Order Total:", "Net Amount": "Net Total", "Agency Comm.": "Agency Commission",
            "Totals": "Total", "Traffic #:": "Traffic Order #:", "Period": "Flight Dates"}


def letters(leaves: tuple[Leaf, ...], share: float, chance: random.Random, spared: Callable[[str], bool]) -> tuple[Leaf, ...]:
    """This share of letters misread as scans misread them, in texts that are not spared."""
    def misread(chunk: Chunk) -> Chunk:
        if spared(chunk.text):
            return chunk
        text = "".join(wrong(letter, chance) if chance.random() < share else letter for letter in chunk.text)
        return dataclasses.replace(chunk, text=text) if text.strip() else chunk

    return mapped(leaves, lambda row: tuple(misread(chunk) for chunk in row))


def wrong(letter: str, chance: random.Random) -> str:
    """A letter as a scan may have it: another that looks alike, none, or a hole behind it."""
    if letter in ALIKE and chance.random() < 0.8:
        other = ALIKE[letter]
        return other if letter == "m" else chance.choice(other)
    return chance.choice(["", letter + " ", letter]) if letter.isalnum() else letter


def lost(leaves: tuple[Leaf, ...], share: float, chance: random.Random, spared: Callable[[str], bool]) -> tuple[Leaf, ...]:
    """This share of rows left out, none with a spared text."""
    return tuple(dataclasses.replace(leaf, rows=tuple(
        row for row in leaf.rows if chance.random() >= share or any(spared(chunk.text) for chunk in row))) for leaf in leaves)


def other_words(leaves: tuple[Leaf, ...], share: float, chance: random.Random, spared: Callable[[str], bool]) -> tuple[Leaf, ...]:
    """Labels said in other words of the trade, each with this chance for the whole document."""
    said = {label: other for label, other in SYNONYMS.items() if chance.random() < share}
    return mapped(leaves, lambda row: tuple(
        dataclasses.replace(chunk, text=said.get(chunk.text.strip(), chunk.text)) for chunk in row))


def pulled(leaves: tuple[Leaf, ...], share: float, chance: random.Random, spared: Callable[[str], bool]) -> tuple[Leaf, ...]:
    """This share of chunks drawn together with the chunk to their right, as text layers of scans do."""
    def together(row: Row) -> Row:
        kept: list[Chunk] = []
        for chunk in row:
            if kept and chance.random() < share and chunk.place.page is not None:
                before = kept.pop()
                chunk = dataclasses.replace(before, text=f"{before.text} {chunk.text}", x1=max(before.x1, chunk.x1), native=None)
            kept.append(chunk)
        return tuple(kept)

    return mapped(leaves, together)


def torn(leaves: tuple[Leaf, ...], share: float, chance: random.Random, spared: Callable[[str], bool]) -> tuple[Leaf, ...]:
    """This share of texts of several words cut in two chunks at a space."""
    def cut(chunk: Chunk) -> list[Chunk]:
        spaces = [at for at, letter in enumerate(chunk.text) if letter == " "]
        if not spaces or chance.random() >= share or spared(chunk.text):
            return [chunk]
        at = chance.choice(spaces)
        where = chunk.x0 + (chunk.x1 - chunk.x0) * at / len(chunk.text)
        halves = [dataclasses.replace(chunk, text=chunk.text[:at].strip(), x1=where),
                  dataclasses.replace(chunk, text=chunk.text[at:].strip(), x0=where)]
        return [half for half in halves if half.text]

    return mapped(leaves, lambda row: tuple(piece for chunk in row for piece in cut(chunk)))


def mapped(leaves: tuple[Leaf, ...], change: Callable[[Row], Row]) -> tuple[Leaf, ...]:
    """Every row changed."""
    return tuple(Leaf(leaf.number, tuple(change(row) for row in leaf.rows), leaf.unit, leaf.sheet) for leaf in leaves)


WAYS: dict[str, Callable[..., tuple[Leaf, ...]]] = {
    "letters": letters, "lost": lost, "other_words": other_words, "pulled": pulled, "torn": torn}

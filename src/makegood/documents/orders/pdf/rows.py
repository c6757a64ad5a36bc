"""Words of a page into rows of chunks: what stands on one line, and which words belong together.

Geometry only: labels and tables are found elsewhere.
"""
import itertools
import statistics

from makegood.documents.orders.leaf import Chunk, Leaf, Row, joined
from makegood.documents.orders.messages import Place
from makegood.documents.orders.pdf.glyphs import Frame, Word

SAME_LINE = 0.45     # of the smaller height: how far apart the middles of one line may be (scans lean a little)
DRAWN_GAP = 0.22     # of the height: separately drawn strings closer than this are one phrase
SCANNED_GAP = 0.75   # the same where every word is drawn alone (text layers made by OCR)
RUN_GAP = 1.6        # inside one drawn string, a wider hole than this separates columns


def leaf_of(words: list[Word], frame: Frame, number: int) -> Leaf:
    """The page as rows of chunks from top to bottom, left to right."""
    words = [word for word in words if word.bottom > word.top and word.x1 > word.x0]
    if not words:
        return Leaf(number, (), 10.0)
    unit = statistics.median(word.bottom - word.top for word in words)
    words = [word for word in words if word.bottom - word.top < 5 * unit or len(word.text) > 2]
    runs = len({word.run for word in words})
    gap = SCANNED_GAP if runs > 0.8 * len(words) else DRAWN_GAP
    width, height = frame.size
    rows = []
    for line in lines_of(words):
        rows.append(tuple(chunk_of(group, number, width, height) for group in groups_of(line, gap)))
    rows.sort(key=lambda row: statistics.median(chunk.top + chunk.bottom for chunk in row))
    return Leaf(number, tuple(rows), unit)


def lines_of(words: list[Word]) -> list[list[Word]]:
    """Words that share a base line, each line ordered from left to right."""
    lines: list[list[Word]] = []
    at: dict[int, list[list[Word]]] = {}  # lines by the height band of their last word, so few are compared
    band = statistics.median(word.bottom - word.top for word in words)
    for word in sorted(words, key=lambda word: word.x0):
        where = int((word.top + word.bottom) / 2 / band)
        near = [line for step in (-1, 0, 1) for line in at.get(where + step, ())]
        best = min(near, key=lambda line: apart(line[-1], word), default=None)
        if best is None or apart(best[-1], word) >= SAME_LINE:
            best = []
            lines.append(best)
        else:
            at[int((best[-1].top + best[-1].bottom) / 2 / band)].remove(best)
        best.append(word)
        at.setdefault(where, []).append(best)
    return lines


def apart(one: Word, other: Word) -> float:
    """How far the middles of two words are apart, in heights of the smaller one."""
    height = min(one.bottom - one.top, other.bottom - other.top)
    return abs(one.top + one.bottom - other.top - other.bottom) / 2 / height


def groups_of(line: list[Word], gap: float) -> list[list[Word]]:
    """The words of a line cut where the hole between two is too wide for one phrase."""
    by_run: dict[int, list[Word]] = {}
    for word in line:
        by_run.setdefault(word.run, []).append(word)
    runs = sorted(by_run.values(), key=lambda run: run[0].x0)
    groups: list[list[Word]] = []
    for run in runs:
        for index, word in enumerate(run):
            hole = word.x0 - groups[-1][-1].x1 if groups else 0.0
            height = word.bottom - word.top
            limit = RUN_GAP if index else gap
            if groups and -0.3 * height <= hole <= limit * height:
                groups[-1].append(word)
            else:
                groups.append([word])
    return groups


def chunk_of(words: list[Word], number: int, width: float, height: float) -> Chunk:
    """One chunk with its box."""
    box = (min(word.x0 for word in words), min(word.top for word in words),
           max(word.x1 for word in words), max(word.bottom for word in words))
    place = Place(page=number, box=box, page_width=width, page_height=height)
    return Chunk(glued(words), *box, place)


def glued(words: list[Word]) -> str:
    """The words with spaces, but no space where two drawn strings touch."""
    text = words[0].text
    for before, word in itertools.pairwise(words):
        touching = before.run != word.run and word.x0 - before.x1 < 0.04 * (word.bottom - word.top)
        text += word.text if touching else " " + word.text
    return text


def merged_rows(rows: tuple[Row, ...]) -> Row:
    """Several rows read as one (a header of two lines): chunks above each other are joined."""
    merged: list[Chunk] = []
    for row in rows:
        for chunk in row:
            above = next((other for other in merged if other.x0 < chunk.x1 and chunk.x0 < other.x1), None)
            if above is None:
                merged.append(chunk)
            else:
                merged[merged.index(above)] = joined([above, chunk])
    return tuple(sorted(merged, key=lambda chunk: chunk.x0))

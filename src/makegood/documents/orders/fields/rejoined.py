"""Labels whose words a scan has set apart, joined again before labels are looked for: 'Account | Executive'.

Words only, by the lexicon; values are left as they stand.
"""
import dataclasses

from makegood.documents.orders import lexicon
from makegood.documents.orders.leaf import Chunk, Leaf, Row, joined

WIDEST_HOLE = 3.0  # text heights between two words of one label


def leaf_of(leaf: Leaf) -> Leaf:
    """The leaf with neighbouring chunks that only together are a label made one."""
    return dataclasses.replace(leaf, rows=tuple(row_of(row, leaf.unit) for row in leaf.rows))


def row_of(row: Row, unit: float) -> Row:
    """One row with its labels joined."""
    kept: list[Chunk] = []
    for chunk in row:
        if kept and chunk.x0 - kept[-1].x1 <= WIDEST_HOLE * unit and one_label(kept[-1], chunk):
            kept[-1] = joined([kept[-1], chunk])
        else:
            kept.append(chunk)
    return tuple(kept)


def one_label(left: Chunk, right: Chunk) -> bool:
    """Whether two chunks are the two halves of a label; the second may go on with its value behind a colon."""
    if left.native is not None or right.native is not None:
        return False
    opening, following = lexicon.tokens(left.text), lexicon.tokens(right.text.split(":")[0])
    if not opening or not following or len(opening) + len(following) > 5 or opening[-1].closed:
        return False
    halves = [tuple(token.word for token in part) for part in (opening, following)]
    return halves[0] + halves[1] in lexicon.labels() and not all(means_a_fact(half) for half in halves)


def means_a_fact(form: lexicon.Tokens) -> bool:
    """Whether the words are a label by themselves, of a fact we keep."""
    return any(meaning.name != "stop" for meaning in lexicon.labels().get(form, ()))

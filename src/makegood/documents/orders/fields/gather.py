"""All readings of all labels in a document: what each fact might be, how likely, and where it stands.

Choosing between them is done in `choose`.
"""
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from makegood.documents.orders import lexicon
from makegood.documents.orders.fields import candidates, hits, neighbours, rejoined, typed, wrap
from makegood.documents.orders.leaf import Chunk, Leaf

LATER_PAGE = 0.02      # a fact on page two is a little less likely to be the document's
MOST_LATER_PAGE = 0.1
FAINT = 0.96           # a label with a wrong letter
READS_ON = 0.85        # a name right behind a label without a colon may be the rest of a longer label or of a sentence


@dataclass(frozen=True, slots=True)
class Guess:
    """One reading: the value, the words, the chunk, how likely it is by label, place and kind alone, and the label's own words."""

    name: str
    value: object
    text: str
    chunk: Chunk
    score: float
    leaf: int
    label: str = ""


def guesses(leaves: Iterable[Leaf], manner: typed.Manner, table_rows: Mapping[int, set[int]],
            amounts: Mapping[int, Sequence[neighbours.Span]]) -> dict[str, list[Guess]]:
    """{fact: readings}. `table_rows` (leaf number: row indices) are headers and lines of tables: no labels there;

    `amounts` (leaf number: spans) are the columns of amounts, in which totals stand.
    """
    found: dict[str, list[Guess]] = {}
    for leaf in map(rejoined.leaf_of, leaves):
        skip = table_rows.get(leaf.number, set())
        labels = [hit for hit in hits.on_leaf(leaf) if hit.row not in skip]
        page = neighbours.Page(leaf, labels, amounts.get(leaf.number, ()))
        for hit in labels:
            for candidate in candidates.of(page, hit):
                for guess in read(candidate, leaf, manner):
                    found.setdefault(guess.name, []).append(guess)
    return found


def read(candidate: candidates.Candidate, leaf: Leaf, manner: typed.Manner) -> list[Guess]:
    """The candidate as each fact its label may mean."""
    result = []
    for meaning in candidate.hit.meanings:
        if meaning.kind == "none" or not suits(candidate.relation, meaning.kind):
            continue
        chunk, text = candidate.chunk, candidate.text
        if meaning.kind == "name" and candidate.relation == "inline" and reads_on(candidate):
            continue
        if meaning.kind == "name" and candidate.relation in {"right", "coded"}:
            chunk = wrap.wrapped(leaf, candidate.hit.row, chunk)
            text = chunk.text
        value = typed.KINDS[meaning.kind](text, chunk, manner)
        if value is None:
            continue
        page = min(MOST_LATER_PAGE, LATER_PAGE * (leaf.number - 1)) if meaning.kind != "money" else 0.0
        score = meaning.weight * candidate.fit * value[1] * (FAINT if candidate.hit.faint else 1.0) - page
        if meaning.kind == "money" and candidate.relation == "below":
            score *= 0.9
        if meaning.kind == "name" and candidate.relation == "inline" and not candidate.hit.marked:
            score *= READS_ON
        result.append(Guess(meaning.name, value[0], text, chunk, score, leaf.number, candidate.hit.words))
    return result


def suits(relation: str, kind: str) -> bool:
    """Whether a kind of value can stand to its label in this way."""
    if "block" in (relation, kind):
        return relation == kind
    return {"row": kind in {"range", "money"}, "coded": kind == "name", "on": kind == "range", "under": kind in {"code", "date", "range", "count"}}.get(relation, True)


def reads_on(candidate: candidates.Candidate) -> bool:
    """Text behind an unmarked label that is prose or another label: 'Station owned or ...', 'Product Codes'."""
    if candidate.hit.marked:
        return False
    spans = lexicon.spans(lexicon.tokens(candidate.text)[:6], lexicon.labels())
    return candidate.text[:1].islower() or bool(spans and spans[0][0] == 0)

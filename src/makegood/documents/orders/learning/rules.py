"""From a value a person put right to a rule: where the document says it, and which text beside or above tells the place."""
from collections.abc import Iterator, Sequence

from makegood.documents.orders import lexicon
from makegood.documents.orders.fields import choose, typed
from makegood.documents.orders.fields.typed import Manner
from makegood.documents.orders.leaf import Chunk, Leaf, part_of
from makegood.documents.orders.learning.layout import Rule, said
from makegood.documents.orders.messages import Value
from makegood.documents.orders.values import dates, numbers

ROWS_ABOVE = 4


def kind_of(name: str) -> str:
    """The kind of value a field takes."""
    return next((meaning.kind for meanings in lexicon.labels().values() for meaning in meanings if meaning.name == name), "name")


def values_in(chunk: Chunk, name: str, manner: Manner) -> list[object]:
    """Everything in a text that can be this field's value, in order."""
    kind = kind_of(name)
    if kind == "date" and chunk.native is None:
        return [reading.value for reading in dates.readings(chunk.text, manner.dates) if reading.value]
    if kind == "money" and chunk.native is None and (found := numbers.amounts(chunk.text, manner.comma_decimals)):
        return [value for value, _ in found]
    read = typed.KINDS.get(kind, typed.name)(chunk.text, chunk, manner)
    if read is None:
        return []
    return [read[0].value if isinstance(read[0], dates.Reading) else read[0]]


def rule_for(leaves: Sequence[Leaf], name: str, value: Value, manner: Manner) -> Rule | None:
    """The rule that finds this value again; None where the document does not say it or no text tells its place."""
    wanted = choose.same(value)
    for leaf in leaves:
        for index, row in enumerate(leaf.rows):
            for column, chunk in enumerate(row):
                for anchor, relation, part in around(leaf, index, column, chunk):
                    found = [choose.same(one) for one in values_in(part, name, manner)]
                    if wanted in found and anchor:
                        return Rule(name, anchor, relation, found.index(wanted))
    return None


def around(leaf: Leaf, index: int, column: int, chunk: Chunk) -> Iterator[tuple[str, str, Chunk]]:
    """Texts that may tell the place of a chunk, the surest first: within it before a colon, left of it, above it."""
    label, colon, rest = chunk.text.partition(":")
    if colon and rest.strip():
        yield said(part_of(chunk, label)), "inline", part_of(chunk, rest.strip())
    row = leaf.rows[index]
    if column and is_text(row[column - 1]):
        yield said(row[column - 1]), "right", chunk
    for above in reversed(leaf.rows[max(0, index - ROWS_ABOVE):index]):
        over = next((other for other in above if other.x0 < chunk.x1 and chunk.x0 < other.x1), None)
        if over is not None:
            if is_text(over):
                yield said(over), "below", chunk
            return


def is_text(chunk: Chunk) -> bool:
    """Words without figures."""
    return chunk.native is None and any(letter.isalpha() for letter in chunk.text) and not any(letter.isdigit() for letter in chunk.text)


def column_of(leaves: Sequence[Leaf], cell: str, value: Value, manner: Manner) -> str | None:
    """The header words over the value in the row of a sheet's cell; None where the row does not say the value or nothing stands over it."""
    for leaf in leaves:
        for index, row in enumerate(leaf.rows):
            if not any(chunk.place.cell == cell for chunk in row):
                continue
            for chunk in row:
                if chunk.native == value or numbers.money(chunk.text, manner.comma_decimals) == value or chunk.text == str(value):
                    return header_over(leaf, index, chunk)
    return None


def header_over(leaf: Leaf, index: int, chunk: Chunk) -> str | None:
    """The nearest text without figures in the same column above."""
    for above in reversed(leaf.rows[:index]):
        for other in above:
            if other.x0 < chunk.x1 and chunk.x0 < other.x1 and is_text(other):
                return said(other)
    return None

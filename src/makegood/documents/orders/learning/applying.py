"""A learnt layout on the next document: columns named anew before reading, fields found by their rules after it.

A total that the lines confirm is never replaced; that the layout would say otherwise is a warning.
"""
import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from makegood.documents.orders import lexicon
from makegood.documents.orders.fields import choose
from makegood.documents.orders.fields.typed import Manner
from makegood.documents.orders.leaf import Chunk, Leaf, part_of
from makegood.documents.orders.learning.layout import Learnt, Rule, fixed, likeness, said
from makegood.documents.orders.learning.rules import ROWS_ABOVE, values_in
from makegood.documents.orders.messages import Field, Problem, Severity

ALIKE, FEWEST_HEADERS = 0.7, 2
LEARNT = 0.97  # a person said where it stands; the document may still differ
SUMS = {"gross_amount", "net_amount"}


@dataclass(frozen=True, slots=True)
class Effect:
    """What a layout changes: fields by its rules, and warnings where it may not."""

    fields: Mapping[str, Field]
    problems: tuple[Problem, ...]


def closest(leaves: Sequence[Leaf], known: Sequence[Learnt]) -> Learnt | None:
    """The layout most like the document, None where none is like enough."""
    texts = frozenset(fixed(leaves))
    best = max(known, key=lambda one: likeness(one.fixed, texts), default=None)
    return best if best is not None and likeness(best.fixed, texts) >= ALIKE else None


def relabelled(leaves: Sequence[Leaf], learnt: Learnt) -> tuple[Leaf, ...]:
    """The leaves with learnt header words written as words everybody knows, in rows that are headers of the layout."""
    return tuple(dataclasses.replace(leaf, rows=tuple(tuple(renamed(chunk, learnt) for chunk in row) if is_header(row, learnt) else row for row in leaf.rows))
                 for leaf in leaves) if learnt.columns else tuple(leaves)


def is_header(row: Sequence[Chunk], learnt: Learnt) -> bool:
    """Whether a row has a learnt column and enough other header words."""
    texts = [said(chunk) for chunk in row]
    return any(text in learnt.columns for text in texts) and sum(text in learnt.fixed for text in texts) >= FEWEST_HEADERS


def renamed(chunk: Chunk, learnt: Learnt) -> Chunk:
    """A header's word as the lexicon has it."""
    name = learnt.columns.get(said(chunk))
    if name is None:
        return chunk
    word = next(" ".join(form) for form, meanings in lexicon.columns().items() if any(meaning.name == name and meaning.weight == 1.0 for meaning in meanings))
    return dataclasses.replace(chunk, text=word)


def applied(leaves: Sequence[Leaf], learnt: Learnt, fields: Mapping[str, Field], total: Decimal | None, manner: Manner) -> Effect:
    """Fields by the layout's rules where they differ from what was read."""
    found: dict[str, Field] = {}
    problems: list[Problem] = []
    for rule in learnt.rules:
        field = by_rule(leaves, rule, manner)
        before = fields.get(rule.field)
        if field is None or (before is not None and choose.same(before.value) == choose.same(field.value)):
            continue
        if rule.field in SUMS and before is not None and total is not None and before.value == total:
            problems.append(kept(rule, field, before))
        else:
            found[rule.field] = field
    return Effect(found, tuple(problems))


def kept(rule: Rule, field: Field, before: Field) -> Problem:
    """The warning that a confirmed total was kept."""
    return Problem(Severity.WARNING, "learnt_differs", f"the layout learnt for this agency would read {field.text!r} as {rule.field.replace('_', ' ')}; "
                   f"{before.text!r} was kept, for the lines sum to it", "confirm the total, or forget the layout", field.place, None, rule.field)


def by_rule(leaves: Sequence[Leaf], rule: Rule, manner: Manner) -> Field | None:
    """The field's value where the rule says it stands, None where nothing fitting stands there."""
    for leaf in leaves:
        for index, row in enumerate(leaf.rows):
            for column, chunk in enumerate(row):
                for text in standing(leaf, index, column, chunk, rule):
                    values = values_in(text, rule.field, manner)
                    if len(values) > rule.part:
                        return Field(rule.field, values[rule.part], text.text, text.place, LEARNT)  # type: ignore[arg-type]
    return None


def standing(leaf: Leaf, index: int, column: int, chunk: Chunk, rule: Rule) -> Iterator[Chunk]:
    """The text at the rule's place, if the chunk is its anchor."""
    row = leaf.rows[index]
    if rule.relation == "inline":
        label, colon, rest = chunk.text.partition(":")
        if colon and rest.strip() and said(part_of(chunk, label)) == rule.anchor:
            yield part_of(chunk, rest.strip())
    elif said(chunk) != rule.anchor:
        return
    elif rule.relation == "right" and column + 1 < len(row):
        yield row[column + 1]
    elif rule.relation == "below":
        for below in leaf.rows[index + 1:index + 1 + ROWS_ABOVE]:
            under = next((other for other in below if other.x0 < chunk.x1 and chunk.x0 < other.x1), None)
            if under is not None:
                yield under
                return

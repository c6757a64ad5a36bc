"""Why a value is as sure as it is, in words for people: its label, what confirms it, what speaks against it.

Says what `evidence` counts; weighs nothing.
"""
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from makegood.documents.orders.confidence import evidence
from makegood.documents.orders.confidence.evidence import Witness
from makegood.documents.orders.fields import choose
from makegood.documents.orders.messages import Field
from makegood.documents.orders.values import dates

DAMAGED = 0.3  # of the scale of litter
ENDS = {"flight_start": ("begin", 0), "flight_end": ("end", 1)}


def of(field: Field, witness: Witness) -> tuple[str, ...]:
    """Short clauses, what speaks for the value first."""
    return (*labels(field, witness), *confirmed(field, witness), *doubts(field, witness))


def labels(field: Field, witness: Witness) -> Iterator[str]:
    """The label the value stands at, or that none says it; how often it is said."""
    same, _, _ = evidence.readings(field, witness)
    said = label_of(field, witness)
    if said:
        yield f"at “{said}”"
    elif field.place is None:
        yield "made of other values" if field.text else "assumed"
    elif not same:
        yield "no label says so"
    if same > 1:
        yield f"said {same} times"


def label_of(field: Field, witness: Witness) -> str:
    """The words of the best label that reads this value."""
    names = ("flight", field.name) if field.name in ENDS else (field.name,)
    mine = choose.same(field.value)
    found = [guess for name in names for guess in witness.found.get(name, ()) if evidence.read(guess, field.name) == mine and guess.label]
    return max(found, key=lambda guess: guess.score).label.strip(" :") if found else ""


def confirmed(field: Field, witness: Witness) -> Iterator[str]:
    """Other figures and days of the document that agree."""
    if evidence.kind_of(field.name) == "money":
        seen = evidence.money(field, witness)
        if witness.total is not None and field.value == witness.total:
            yield "the lines sum to it"
        if seen["adds"]:
            yield "gross less commission is net"
    if field.name in ENDS and isinstance(field.value, date):
        word, at = ENDS[field.name]
        if witness.span[at] is not None:
            yield f"the lines {word} with it" if witness.span[at] == field.value else f"the lines {word} on {witness.span[at]}"


def doubts(field: Field, witness: Witness) -> Iterator[str]:
    """What speaks against it: a rival, a date either way round, sums that differ, a damaged or recognised text."""
    if (other := rival(field, witness)) is not None:
        yield f"another label reads {other}"
    if isinstance(field.value, date) and any(one.doubtful for one in dates.readings(field.text, witness.habit)[:1]):
        yield "could be day/month or month/day"
    if field.name == "gross_amount" and isinstance(field.value, Decimal) and witness.total not in {None, field.value}:
        yield f"the lines sum to {witness.total:,f}"
    if witness.recognised:
        yield "recognised from a picture"
    elif witness.litter >= DAMAGED:
        yield "the text under the scan is damaged"


def rival(field: Field, witness: Witness) -> str | None:
    """The likeliest other value that a label as good as any reads for this fact."""
    mine = choose.same(field.value)
    found = [guess for guess in witness.found.get(field.name, ()) if guess.score >= evidence.RIVAL and evidence.read(guess, field.name) != mine]
    return max(found, key=lambda guess: guess.score).text.strip() if found else None

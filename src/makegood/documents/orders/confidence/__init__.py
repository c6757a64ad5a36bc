"""How likely each value read is right: what speaks for and against it (`evidence`), weighed by a fitted model (`model`).

The coefficients are data (weights.json), fitted by `python -m bench confidence --fit`; nothing is learnt at run time.
"""
import dataclasses
from collections.abc import Mapping
from datetime import date

from makegood.documents.orders.confidence import evidence, model, reasons
from makegood.documents.orders.confidence.evidence import Witness
from makegood.documents.orders.messages import Field, OrderLine
from makegood.documents.orders.values import dates

__all__ = ["Witness", "threshold", "weighed", "weighed_lines"]
EITHER_WAY = 0.6
DIRTY = 0.1  # of the scale of litter; a sign or two are anybody's
RECOGNISED = 0.9  # no fit was made on texts recognised from pictures: none passes without a look


def threshold() -> float:
    """The probability from which a value passes without a look; chosen with the weights, on cross-validated readings."""
    return model.weights().threshold


def weighed(fields: Mapping[str, Field], witness: Witness) -> dict[str, Field]:
    """The document's fields with their probability of being right as confidence, and why."""
    return {name: dataclasses.replace(sure(field, model.probability(evidence.kind_of(name), evidence.of(field, witness)), witness), why=reasons.of(field, witness))
            for name, field in fields.items()}


def weighed_lines(lines: tuple[OrderLine, ...], witness: Witness) -> tuple[OrderLine, ...]:
    """The lines with the same for each of their values."""
    return tuple(OrderLine(line.number, {name: sure(field, model.probability("line", evidence.of_cell(field, line, witness)), witness)
                                         for name, field in line.fields.items()}) for line in lines)


def sure(field: Field, probability: float, witness: Witness) -> Field:
    """The field with its probability; a date that could be read both ways is little better than a guess, whatever else speaks for it;

    nor is a text that was recognised from a picture ever as sure as a typed one, nor one with a scan's dirt in it, nor what was
    assumed without any text.
    """
    if isinstance(field.value, date) and any(one.doubtful for one in dates.readings(field.text, witness.habit)[:1]):
        probability = min(probability, EITHER_WAY)
    if field.place is None and not field.text:
        probability = min(probability, EITHER_WAY)
    if witness.recognised or (witness.litter >= DIRTY and evidence.LITTER.search(field.text)):
        probability = min(probability, RECOGNISED)
    return dataclasses.replace(field, confidence=probability)

"""What speaks for and against a value: its label and place, other readings, sums that agree, days that fit, a damaged text layer.

Each piece is a number of about 0 to 1; how much it counts is fitted, not said here.
"""
import functools
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from makegood.documents.orders import lexicon
from makegood.documents.orders.fields import choose
from makegood.documents.orders.fields.gather import Guess
from makegood.documents.orders.fields.typed import Range
from makegood.documents.orders.messages import Field, OrderLine
from makegood.documents.orders.values import dates, words

KINDS = {"contract_number": "number", "order_number": "number", "invoice_number": "number", "alternate_number": "number", "estimate_number": "number",
         "po_number": "number", "advertiser": "name", "agency": "name", "station": "name", "product": "name", "campaign": "name",
         "gross_amount": "money", "net_amount": "money", "commission_amount": "money", "tax_amount": "money",
         "flight_start": "day", "flight_end": "day", "order_date": "day"}  # fmt: skip
CENT = Decimal("0.01")
LITTER = re.compile(r"[|~¢_{}\[\]»«•<>\\¥©®°]|(?<=[a-z])[0-9](?=[a-z])|(?<=[a-z])[A-Z]{2}(?=[a-z])|(?<=\d)[lOISB](?=\d)")
FAMILIAR, RIVAL, FULL_LITTER, LONG_FLIGHT_DAYS = 3, 0.5, 0.02, 120
NUMBERS = ("contract_number", "order_number", "invoice_number", "alternate_number", "estimate_number", "po_number")


@dataclass(frozen=True)
class Witness:
    """What the whole document says: all readings of labels, all its text, the fields chosen, the lines' sum, first and last day,

    and how it writes dates."""

    found: Mapping[str, Sequence[Guess]]
    text: str
    fields: Mapping[str, Field]
    total: Decimal | None
    span: tuple[date | None, date | None]
    habit: dates.Habit
    recognised: bool = False

    @functools.cached_property
    def folded(self) -> str:
        """All the text as it is compared."""
        return words.folded(self.text)

    @functools.cached_property
    def litter(self) -> float:
        """How damaged the text layer looks, 0 to 1, by signs that scans leave."""
        return min(1.0, len(LITTER.findall(self.text)) / max(1, len(self.text)) / FULL_LITTER)


def kind_of(name: str) -> str:
    """Which of the fitted kinds a field belongs to."""
    return KINDS.get(name, "other")


def of(field: Field, witness: Witness) -> dict[str, float]:
    """The evidence for one field of the document."""
    same, best, other = readings(field, witness)
    found = {
        "score": field.confidence, "sure": float(field.confidence >= 0.9), "unplaced": float(field.place is None), "litter": witness.litter,
        "odd": float(bool(LITTER.search(field.text))), "repeated": min(1.0, math.log1p(max(0, same - 1)) / 2), "rival": float(other >= RIVAL),
        "margin": max(-0.5, min(0.5, best - other)) if other else 0.5, "unlabelled": float(not same), "torn": witness.litter * float(same < 2), f"is_{field.name}": 1.0,
    }  # fmt: skip
    return found | PARTICULAR.get(kind_of(field.name), nothing)(field, witness)


def readings(field: Field, witness: Witness) -> tuple[int, float, float]:
    """How many labels read this value, the best score among them, and the best of those that read another."""
    names = ("flight", field.name) if field.name in {"flight_start", "flight_end"} else (field.name,)
    same, best, other = 0, 0.0, 0.0
    mine = choose.same(field.value)
    for name in names:
        for guess in witness.found.get(name, ()):
            if read(guess, field.name) == mine:
                same, best = same + 1, max(best, guess.score)
            else:
                other = max(other, guess.score)
    return same, best, other


def read(guess: Guess, name: str) -> object:
    """What a label's reading would make this field."""
    value = guess.value
    if isinstance(value, Range):
        value = value.start if name == "flight_start" else value.end
    return abs(value) if isinstance(value, Decimal) else choose.same(value)


def number(field: Field, witness: Witness) -> dict[str, float]:
    """A number may be another field's, may stand beside a like one, and is rarely short."""
    text = str(field.value)
    others = [str(witness.fields[name].value) for name in NUMBERS if name != field.name and name in witness.fields]
    invoice, contract = witness.fields.get("invoice_number"), witness.fields.get("contract_number")
    both = invoice is not None and contract is not None and (invoice.value != contract.value or len({str(guess.value) for guess in witness.found.get("contract_number", ()) if guess.score >= RIVAL}) > 1)
    return {"short": float(len(text) < 5), "digits": sum(letter.isdigit() for letter in text) / max(1, len(text)), "taken": float(text in others),
            "invoice_too": float(both), "like_another": float(any(text != other and (text in other or other in text) for other in others)),
            "everywhere": min(1.0, witness.text.count(text) / FAMILIAR)}  # fmt: skip


def name(field: Field, witness: Witness) -> dict[str, float]:
    """A name that stands more than once, is no address, no figure and no other party's."""
    text = str(field.value)
    folded = words.folded(text)
    parties = [words.folded(str(witness.fields[role].value)) for role in ("advertiser", "agency", "station") if role in witness.fields and role != field.name]
    form = tuple(token.word for token in lexicon.tokens(text))
    return {"everywhere": min(1.0, witness.folded.count(folded) / FAMILIAR), "a_label": float(form in lexicon.labels()), "figures": sum(letter.isdigit() for letter in text) / max(1, len(text)),
            "words": min(1.0, len(text.split()) / 8), "brief": float(len(text) < 4), "taken": float(folded in parties), "lower": float(text[:1].islower()),
            "letters": sum(letter.isalpha() or letter.isspace() for letter in text) / max(1, len(text))}  # fmt: skip


def money(field: Field, witness: Witness) -> dict[str, float]:
    """Sums: lines make the gross; gross less commission is net; the commission is the usual share."""
    gross, net, kept = (amount(witness.fields.get(f"{part}_amount")) for part in ("gross", "net", "commission"))
    adds = None not in (gross, net, kept) and abs(gross - kept - net) <= CENT and bool(kept)  # type: ignore[operator]
    usual = gross is not None and ((net is not None and abs(gross * 85 / 100 - net) <= CENT) or (kept is not None and abs(gross * 15 / 100 - kept) <= CENT))
    summed = bool(witness.total) and witness.total in {gross, net}
    return {"summed": float(summed), "no_lines": float(not witness.total), "adds": float(adds), "usual": float(usual), "both": float(summed and (adds or usual)),
            "alone": float(net is None and kept is None), "signed": float(not field.text[:1].isdigit()), "zero": float(not field.value)}  # fmt: skip


def day(field: Field, witness: Witness) -> dict[str, float]:
    """The lines begin and end with the flight or lie in it; the flight is no longer than flights are."""
    start, end = (one.value if one is not None and isinstance(one.value, date) else None for one in (witness.fields.get("flight_start"), witness.fields.get("flight_end")))
    first, last = witness.span
    mine, theirs = (start, first) if field.name == "flight_start" else (end, last)
    inside = start is not None and end is not None and first is not None and last is not None and start <= first and last <= end
    days = (end - start).days if start and end else 0
    doubted = [reading.doubtful or reading.value is None for reading in dates.readings(field.text, dates.Habit(True, True, None))]
    return {"agrees": float(theirs is not None and mine == theirs), "inside": float(inside), "outside": float(theirs is not None and not inside),
            "whole": float((start, end) == (first, last) and start is not None), "backwards": float(days < 0), "long": float(days > LONG_FLIGHT_DAYS),
            "impossible": float(field.value is None), "no_year": float(not doubted), "everywhere": min(1.0, witness.text.count(field.text) / FAMILIAR) if field.text else 0.0}  # fmt: skip


def nothing(field: Field, witness: Witness) -> dict[str, float]:
    return {}


PARTICULAR = {"number": number, "name": name, "money": money, "day": day}


def of_cell(field: Field, line: OrderLine, witness: Witness) -> dict[str, float]:
    """The evidence for one value of a line: its sum, the sum of all lines, its own reading."""
    rate, quantity, given = line.value("rate"), line.value("quantity"), line.value("amount")
    product = isinstance(rate, Decimal) and isinstance(quantity, (int, Decimal)) and isinstance(given, Decimal)
    fits = product and given in (rate * quantity, rate * quantity / 1000)  # type: ignore[operator]
    gross, net = amount(witness.fields.get("gross_amount")), amount(witness.fields.get("net_amount"))
    return {"score": field.confidence, "litter": witness.litter, "odd": float(bool(LITTER.search(field.text))), "fits": float(bool(fits)), "misfits": float(product and not fits),
            "summed": float(bool(witness.total) and witness.total in {gross, net}), "empty": float(field.value is None), f"is_{field.name}": 1.0}  # fmt: skip


def amount(field: Field | None) -> Decimal | None:
    """The field's figure."""
    return field.value if field is not None and isinstance(field.value, Decimal) else None

"""One value for each fact: readings of the same value support each other, the best supported one wins.

Amounts and the flight, which other figures can confirm, are chosen in `money` and `flight`.
"""
import re
from collections import defaultdict
from datetime import date
from decimal import Decimal

from makegood.documents.orders.fields.gather import Guess
from makegood.documents.orders.messages import Field
from makegood.documents.orders.values import dates, words

REPEATED = 0.02       # each further reading of the same value adds this much
MOST_REPEATED = 0.08
REVISED = re.compile(r"(\S+?)\s*(?:/|[-, (]*(?:rev(?:ision)?|mod|ver(?:sion)?)\b\.?\s*#?:?)\s*(\d{1,3})\)?", re.IGNORECASE)
PLAIN = ("contract_number", "order_number", "invoice_number", "revision", "advertiser", "agency", "station", "product",
         "campaign", "estimate_number", "po_number", "alternate_number", "order_date", "billing_calendar", "commission_rate", "tax_amount",
         "currency", "payment_terms", "contact_name", "seller_contact_name", "contact_email")
LEAST = {"station": 0.55, "product": 0.5, "agency": 0.5, "po_number": 0.6, "campaign": 0.6, "revision": 0.5, "contact_name": 0.7}


def plain_fields(found: dict[str, list[Guess]]) -> dict[str, Field]:
    """Every fact that is settled by its labels alone."""
    fields = {}
    for name in PLAIN:
        best = strongest(found.get(name, []))
        if best is not None and best[1] >= LEAST.get(name, 0.4):
            fields[name] = field(name, best[0], best[1])
    block = strongest(found.get("agency_block", []))
    if "agency" not in fields and block is not None:
        fields["agency"] = field("agency", *block)
    if "revision" not in fields:
        fields |= revision(found.get("contract_number", []), fields.get("contract_number"))
    return fields


def revision(guesses: list[Guess], contract: Field | None) -> dict[str, Field]:
    """The revision written behind the contract number: '2418077 / 2'."""
    for guess in guesses:
        behind = REVISED.fullmatch(guess.text.strip())
        if contract is not None and behind and behind[1] == contract.value:
            return {"revision": Field("revision", int(behind[2]), behind[2], guess.chunk.place, 0.8)}
    return {}


def strongest(guesses: list[Guess]) -> tuple[Guess, float] | None:
    """The best reading and its score with the support of its repetitions."""
    ranked = ranking(guesses)
    return ranked[0] if ranked else None


def ranking(guesses: list[Guess]) -> list[tuple[Guess, float]]:
    """The best reading of each value with its supported score, best first; the earliest page wins a tie."""
    groups: dict[object, list[Guess]] = defaultdict(list)
    for guess in guesses:
        groups[same(guess.value)].append(guess)
    ranked = []
    for group in groups.values():
        best = max(group, key=lambda guess: (guess.score, -guess.leaf))
        ranked.append((best, best.score + min(MOST_REPEATED, REPEATED * (len({guess.leaf for guess in group}) - 1))))
    return sorted(ranked, key=lambda pair: (-pair[1], pair[0].leaf))


def same(value: object) -> object:
    """What makes two readings the same value."""
    if isinstance(value, str):
        return words.folded(value)
    if isinstance(value, dates.Reading):
        return value.value or value.text
    return value


def field(name: str, guess: Guess, score: float) -> Field:
    """The reading as a message."""
    value, text = guess.value, guess.text
    if isinstance(value, dates.Reading):
        score *= 0.7 if value.doubtful else 1.0
        text, value = value.text, value.value
    assert value is None or isinstance(value, (str, Decimal, date, int))
    return Field(name, value, text, guess.chunk.place, round(max(0.05, min(0.99, score)), 2))

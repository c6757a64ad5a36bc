"""Gross, commission and net chosen together: the set that adds up wins over the label that reads best.

Gross less commission is net (standard US agency terms: 15 % of gross).
"""
from decimal import Decimal

from makegood.documents.orders.fields import choose
from makegood.documents.orders.fields.gather import Guess
from makegood.documents.orders.messages import Field

CENT = Decimal("0.01")
USUAL_COMMISSION = Decimal("0.15")
UNSURE = 0.45  # a labelled gross below this is given up for the sum of the lines
SUM_AGREES, SET_AGREES, RATE_AGREES, TAX_ADDED = 0.3, 0.2, 0.1, -0.45


def fields(found: dict[str, list[Guess]], sums: list[Decimal], whole: Decimal | None) -> dict[str, Field]:
    """gross_amount, commission_amount, net_amount. `sums` are totals of tables, `whole` the one of the table of lines."""
    values = {name: {abs(guess.value) for guess in found.get(name, []) if isinstance(guess.value, Decimal)}
              for name in ("gross_amount", "commission_amount", "net_amount", "tax_amount")}
    ranked = [(guess, score + agreement(guess.value, values, sums)) for guess, score in choose.ranking(found.get("gross_amount", []))
              if isinstance(guess.value, Decimal) and guess.value >= 0]
    result = {}
    gross: Decimal | None = None
    score = 0.0
    if ranked:
        guess, score = max(ranked, key=lambda pair: pair[1])
        result["gross_amount"] = choose.field("gross_amount", guess, score)
        gross = guess.value if isinstance(guess.value, Decimal) else None
    if not ranked and (made := restored(found)) is not None:
        result["gross_amount"], gross, score = made, Decimal(str(made.value)), made.confidence
    if whole and (gross is None or (score < UNSURE and whole != gross)):
        gross = whole
        result["gross_amount"] = Field("gross_amount", whole, "sum of the lines", None, 0.5)
    result |= parts(found, gross)
    return result


def restored(found: dict[str, list[Guess]]) -> Field | None:
    """A gross no label gives: net and commission together, where the commission is the usual share of the sum."""
    nets, commissions = choose.ranking(found.get("net_amount", [])), choose.ranking(found.get("commission_amount", []))
    for net, _ in nets:
        for commission, _ in commissions:
            if isinstance(net.value, Decimal) and isinstance(commission.value, Decimal):
                gross = net.value + abs(commission.value)
                if abs(gross * USUAL_COMMISSION - abs(commission.value)) <= CENT:
                    return Field("gross_amount", gross, f"{net.text} + {commission.text}", net.chunk.place, 0.6)
    return None


def agreement(gross: object, values: dict[str, set[Decimal]], sums: list[Decimal]) -> float:
    """How much the document's other figures confirm this gross."""
    if not isinstance(gross, Decimal) or not gross:
        return 0.0
    score = SUM_AGREES if gross in sums else 0.0
    if not score and any(gross - tax in sums for tax in values["tax_amount"] if tax):
        return TAX_ADDED
    nets, commissions = values["net_amount"] - {gross}, values["commission_amount"]
    if any(abs(gross - commission - net) <= CENT for commission in commissions for net in nets if commission):
        return score + SET_AGREES
    if any(abs(gross * (1 - USUAL_COMMISSION) - net) <= CENT for net in nets | values["gross_amount"]):
        score += RATE_AGREES
    if any(abs(other * (1 - USUAL_COMMISSION) - gross) <= CENT for other in values["gross_amount"]):
        score -= SET_AGREES  # this is the net of another total
    return score


def parts(found: dict[str, list[Guess]], gross: Decimal | None) -> dict[str, Field]:
    """Commission and net that go with the gross: a pair that adds up, else the best labelled ones."""
    nets = [pair for pair in choose.ranking(found.get("net_amount", [])) if isinstance(pair[0].value, Decimal)]
    commissions = [pair for pair in choose.ranking(found.get("commission_amount", [])) if isinstance(pair[0].value, Decimal)]
    pairs = [(net, commission) for net in nets for commission in commissions
             if gross and abs(gross - abs(number(commission[0])) - number(net[0])) <= CENT and number(commission[0])]
    if pairs:
        best = max(pairs, key=lambda pair: pair[0][1] + pair[1][1])
        chosen = {"net_amount": best[0], "commission_amount": best[1]}
    else:
        below = [pair for pair in nets if gross is None or number(pair[0]) <= gross]
        less = [pair for pair in commissions if gross is None or abs(number(pair[0])) < gross]
        chosen = {name: options[0] for name, options in (("net_amount", below), ("commission_amount", less)) if options}
    result = {}
    for name, (guess, score) in chosen.items():
        if score >= 0.45:
            result[name] = choose.field(name, absolute(guess), score + (0.1 if pairs else 0.0))
    return result


def number(guess: Guess) -> Decimal:
    """The reading's amount."""
    assert isinstance(guess.value, Decimal)
    return guess.value


def absolute(guess: Guess) -> Guess:
    """A commission printed as a deduction is still a positive amount."""
    return Guess(guess.name, abs(number(guess)), guess.text, guess.chunk, guess.score, guess.leaf)


"""Sums that do not come out: quantity times rate, lines against the total, gross less commission against net.

A cent of rounding is forgiven for each figure; CPM is per thousand.
"""
from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal

from makegood.documents.orders.messages import Field, OrderLine, Problem, Severity

CENT = Decimal("0.01")
PER = {"CPM": Decimal(1000)}
MULTIPLIED = {"CPM", "CPC", "CPV", "spot", "unit"}


def problems(fields: Mapping[str, Field], lines: tuple[OrderLine, ...]) -> Iterator[Problem]:
    """Every sum that does not come out."""
    for line in lines:
        yield from products(line)
    yield from unpriced(lines)
    yield from total(fields, lines)
    yield from net(fields)


def amount(field: Field | None) -> Decimal | None:
    """The field's figure as a Decimal."""
    if field is None or not isinstance(field.value, (Decimal, int)):
        return None
    return Decimal(field.value)


def products(line: OrderLine) -> Iterator[Problem]:
    """Quantity times rate is the amount; the rate that would make it so is suggested."""
    quantity, rate, given = (amount(line.fields.get(name)) for name in ("quantity", "rate", "amount"))
    kind = line.value("rate_type")
    if not quantity or rate is None or given is None or kind not in MULTIPLIED:
        return
    per = PER.get(str(kind), Decimal(1))
    expected = quantity * rate / per
    slack = max(CENT, quantity / per * CENT / 2)  # the printed rate is itself rounded to the cent
    if abs(expected - given) <= slack or spread_over_weeks(line, expected, given):
        return
    suggested = (given * per / quantity).quantize(CENT, ROUND_HALF_UP)
    each = f"{quantity:,f} × {rate:f}" + (" / 1000" if per != 1 else "")
    yield Problem(Severity.ERROR, "line_amount", f"line {line.number}: {each} = {expected.quantize(CENT):,f}, not {given:,f}",
                  "correct the rate, the quantity or the amount", line.fields["rate"].place, line.number, "rate", f"{suggested:f}")


def unpriced(lines: tuple[OrderLine, ...]) -> Iterator[Problem]:
    """Lines whose amount could not be read: the sums say nothing about them."""
    silent = [line for line in lines if amount(line.fields.get("amount")) is None]
    if len(silent) == len(lines):
        return  # said once, by `total`
    for line in silent:
        place = next((field.place for field in line.fields.values() if field.place), None)
        yield Problem(Severity.WARNING, "no_amount", f"line {line.number} has no amount that could be read",
                      "type the amount in", place, line.number, "amount")


def spread_over_weeks(line: OrderLine, expected: Decimal, given: Decimal) -> bool:
    """A broadcast line whose quantity is spots a week: the amount is a whole number of weeks of it."""
    weekly = line.value("quantity") == line.value("spots_per_week")
    return bool(weekly and expected and given % expected == 0)


def total(fields: Mapping[str, Field], lines: tuple[OrderLine, ...]) -> Iterator[Problem]:
    """The lines sum to the gross, with or without tax; lines that sum to the net, or say no amounts, are named as such."""
    gross, after, tax = (amount(fields.get(name)) for name in ("gross_amount", "net_amount", "tax_amount"))
    amounts = [value for line in lines if (value := amount(line.fields.get("amount"))) is not None]
    if gross is None:
        return
    field, found, slack = fields["gross_amount"], sum(amounts, Decimal()), CENT * len(amounts)
    if not amounts:
        if lines:
            yield Problem(Severity.WARNING, "total_unchecked", f"the total of {gross:,f} could not be checked: no line has an amount that could be read",
                          "compare it with the lines, or type their amounts in", field.place, None, "gross_amount")
        return
    if any(abs(found - value) <= slack for value in (gross, gross - (tax or 0))):
        return
    if after is not None and abs(found - after) <= slack:
        yield Problem(Severity.WARNING, "lines_net", f"{summed(len(amounts))} to the net of {after:,f}, not to the gross of {gross:,f}",
                      "confirm that the lines are priced net of commission", field.place, None, "gross_amount")
        return
    yield Problem(Severity.ERROR, "total", f"{summed(len(amounts))} to {found:,f}, the document says {gross:,f}",
                  "look for a missing or misread line, or correct the total", field.place, None, "gross_amount", f"{found:f}")


def summed(many: int) -> str:
    """The lines as the subject of their sum."""
    return "the only line sums" if many == 1 else f"the {many} lines sum"


def net(fields: Mapping[str, Field]) -> Iterator[Problem]:
    """Gross less commission is net."""
    gross, commission, after = (amount(fields.get(name)) for name in ("gross_amount", "commission_amount", "net_amount"))
    if gross is None or commission is None or after is None or abs(gross - commission - after) <= 2 * CENT:
        return
    tax = amount(fields.get("tax_amount")) or Decimal()
    if abs(gross - commission + tax - after) <= 2 * CENT:
        return
    yield Problem(Severity.ERROR, "net", f"{gross:,f} less commission {commission:,f} is {gross - commission:,f}, not {after:,f}",
                  "correct gross, commission or net", fields["net_amount"].place, None, "net_amount", f"{gross - commission:f}")

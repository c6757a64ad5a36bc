"""Cancelling by notice: what runs on until the notice ends, what falls away, and the fee, as operations."""

import dataclasses
import datetime
from collections.abc import Sequence
from decimal import Decimal

from makegood.engine.money import Money
from makegood.orders.changes import lines
from makegood.orders.changes.operation import Operation, Slice
from makegood.orders.changes.progress import LineRan, Progress
from makegood.orders.changes.state import State, day

GUARANTEED = ("sponsorship", "guaranteed")
FEE = "Cancellation fee"


@dataclasses.dataclass(frozen=True)
class Terms:
    """Days of notice for guaranteed lines and for the others, and the per cent of what falls away of guaranteed lines."""

    notice_days: int = 30
    other_notice_days: int = 7
    fee_pct: Decimal = Decimal(50)


@dataclasses.dataclass(frozen=True)
class LineEnds:
    """A line under notice: its last day (None when it never runs), what remains of it, what falls away, and its fee."""

    number: int
    name: str
    guaranteed: bool
    last: datetime.date | None
    quantity: int
    amount: Decimal
    falls: Decimal
    fee: Decimal


@dataclasses.dataclass(frozen=True)
class Notice:
    """What a cancellation comes to. `fee` is what is billed of the fees after any waiver."""

    given: datetime.date
    ends: tuple[LineEnds, ...]
    owed: Decimal
    fee: Decimal

    @property
    def last(self) -> datetime.date:
        """The last day served, or the day of the notice."""
        return max((one.last for one in self.ends if one.last), default=self.given)

    @property
    def waived(self) -> Decimal:
        """What of the fee is let off."""
        return self.owed - self.fee


def of(state: State, ran: Progress, terms: Terms, *, fee: Decimal | None = None) -> Notice:
    """The notice given today. Lines that end before it does are not touched; `fee` below what is owed is a waiver."""
    ends = [_ends(one, state["currency"], ran, terms) for one in state["lines"]]
    found = tuple(one for one in ends if one is not None)
    owed = sum((one.fee for one in found), Decimal("0.00"))
    return Notice(ran.today, found, owed, owed if fee is None else min(fee, owed))


def operations(notice: Notice, state: State, number: int, ran: Progress) -> list[Operation]:
    """The lines ended or cut, and the fee as a flat line `number` on the last day served."""
    made: list[Operation] = [
        lines.Cut(line=one.number) if one.last is None else lines.End(
            line=one.number, last=one.last, quantity=one.quantity, amount=one.amount, keep=ran.line(one.number).over
        )
        for one in notice.ends
    ]  # fmt: skip
    return [*made, _fee(notice, state, number)] if notice.fee else made


def _ends(one: State, currency: str, ran: Progress, terms: Terms) -> LineEnds | None:
    had, guaranteed = ran.line(one["number"]), one["priority"] in GUARANTEED
    last = ran.today + datetime.timedelta(days=terms.notice_days if guaranteed else terms.other_notice_days)
    start, end, whole = day(one["start"]), day(one["end"]), Decimal(one["amount"])
    if end <= last or had.status == "completed":
        return None
    if start > last and not had.begun and not had.billed:
        return LineEnds(one["number"], one["name"], guaranteed, None, 0, Decimal(0), whole, _part(whole, terms.fee_pct, currency, guaranteed))
    quantity, amount = remains(one, last, had, currency)
    falls = whole - amount
    return LineEnds(one["number"], one["name"], guaranteed, last, quantity, amount, falls, _part(falls, terms.fee_pct, currency, guaranteed))


def remains(one: State, last: datetime.date, had: LineRan, currency: str) -> tuple[int, Decimal]:
    """What is left of a line that ends on `last`: its units until then and what they cost, never less than ran or is billed."""
    quantity = min(max(_until(one, last), had.delivered, had.billed_units, 1), one["quantity"])
    return quantity, max(_share(Decimal(one["amount"]), quantity, one, last, currency), had.billed)


def _until(one: State, last: datetime.date) -> int:
    """The units of its flights by their days until `last`, each rounded up."""
    return sum(-(-flight["goal"] * _days(flight, last) // _days(flight, day(flight["end"]))) for flight in one["flights"])


def _days(flight: State, last: datetime.date) -> int:
    return max(0, (min(last, day(flight["end"])) - day(flight["start"])).days + 1)


def _share(whole: Decimal, quantity: int, one: State, last: datetime.date, currency: str) -> Decimal:
    """The amount in proportion to the units that remain; by days where a line is one thing (a flat fee)."""
    part, of = (quantity, one["quantity"]) if one["rate_type"] != "flat" else (_days(one, last), _days(one, day(one["end"])))
    return Money(whole * part / of, currency).rounded().amount


def _part(falls: Decimal, pct: Decimal, currency: str, guaranteed: bool) -> Decimal:
    return Money(falls * pct / 100, currency).rounded().amount if guaranteed else Decimal("0.00")


def _fee(notice: Notice, state: State, number: int) -> Operation:
    """A flat line nobody serves: billed with the month of the last day, as contracted."""
    most = max(notice.ends, key=lambda one: (one.falls, -one.number))
    product = next(one["product"] for one in state["lines"] if one["number"] == most.number)
    last = notice.last
    return lines.Add(
        line=number, product=product, name=FEE, start=last, end=last, rate_type="flat", rate=notice.fee, quantity=1, unit="flat",
        amount=notice.fee, priority="guaranteed", flights=(Slice(number=1, start=last, end=last, goal=1),),
    )  # fmt: skip


def names(notice: Notice) -> Sequence[str]:
    """What the preview says of each line."""
    return [f"line {one.number} {one.name}: " + (f"until {one.last:%d %b %Y}" if one.last else "does not run") for one in notice.ends]

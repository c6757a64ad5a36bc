"""The grid of goals: a row a seller, team, category or property, a cell a month, money by state beside the goal."""

import dataclasses
import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal

from makegood.accounts.models import Account
from makegood.catalog.models import Property
from makegood.core.models import Person, Team
from makegood.insight.earning import STATES, ZERO, Entry, add_months
from makegood.insight.goals import scope
from makegood.insight.models import Goal

Key = int | str
BY: dict[str, tuple[str, Callable[[Entry], Key]]] = {
    "seller": ("Seller", lambda one: one.seller_id),
    "team": ("Team", lambda one: one.team_id or 0),
    "category": ("Category", lambda one: one.category),
    "property": ("Property", lambda one: one.property_id or 0),
}
NOBODY = {"seller": "No seller", "team": "No team", "category": "No category", "property": "Any property"}


@dataclasses.dataclass(frozen=True)
class Cell:
    """A month of a row: its goal, and money in the order of STATES, to the cent."""

    month: datetime.date
    goal: Decimal
    amounts: tuple[Decimal, ...]

    @property
    def seen(self) -> Decimal:
        """All four states."""
        return sum(self.amounts, ZERO)

    @property
    def booked(self) -> Decimal:
        """What is sold: all but the pipeline."""
        return sum(self.amounts[:3], ZERO)

    @property
    def gap(self) -> Decimal:
        """What is missing to the goal; negative beyond it."""
        return self.goal - self.seen


@dataclasses.dataclass(frozen=True)
class Row:
    """Who, by key and name, with a cell for every month."""

    key: Key
    name: str
    cells: tuple[Cell, ...]


@dataclasses.dataclass(frozen=True)
class Grid:
    """Rows by name, their total, and the currencies the book has besides this one: they are never added up."""

    by: str
    currency: str
    months: tuple[datetime.date, ...]
    rows: tuple[Row, ...]
    total: Row
    others: tuple[str, ...]
    today: datetime.date

    @property
    def worst(self) -> Cell | None:
        """The month furthest below its goal, None when none is: of this one and the two after it where they are shown, since those are being sold."""
        now = self.today.replace(day=1)
        soon = [cell for cell in self.total.cells if now <= cell.month <= add_months(now, 2)]
        worst = max(soon or self.total.cells, key=lambda cell: cell.gap)
        return worst if worst.gap > 0 else None

    @property
    def finding(self) -> str:
        """What the figures say: the worst month, and who is furthest below in it."""
        if not any(cell.goal for cell in self.total.cells):
            return "No goals are set for these months"
        if self.worst is None:
            return "The months being sold have their goals in sight"
        at = self.total.cells.index(self.worst)
        row = max(self.rows, key=lambda one: one.cells[at].gap)
        cell = row.cells[at]
        share = f"{row.name} has {cell.booked / cell.goal * 100:.0f} % of its goal booked" if cell.goal else f"{row.name} has no goal"
        return f"{self.worst.month:%B} is {self.currency} {self.worst.gap:,.0f} short: {share}"


def grid(
    actor: Person, *, by: str, start: datetime.date, months: int, currency: str, today: datetime.date, chances: Mapping[int, Decimal] | None = None
) -> Grid:
    """The grid of `months` months from `start`, as far as `actor` sees; ten queries at most, whatever the size of the book."""
    span = tuple(add_months(start, n) for n in range(months))
    found = scope.entries(actor, start, months, today=today, chances=chances)
    money: dict[tuple[Key, datetime.date], dict[str, Decimal]] = defaultdict(lambda: dict.fromkeys(STATES, ZERO))
    for one in found:
        if one.currency == currency:
            money[BY[by][1](one), one.month][one.state] += one.amount
    goals = _goals(actor, by, span, currency)
    keys = {key for key, _ in (*money, *goals)}
    names = _names(by, keys)
    rows = tuple(sorted((_row(key, names.get(key, str(key) or NOBODY[by]), span, money, goals) for key in keys), key=lambda row: (row.name == NOBODY[by], row.name)))
    return Grid(by, currency, span, rows, _total(rows, span), tuple(sorted({one.currency for one in found} - {currency})), today)


def usual(span: Iterable[datetime.date], currency: str) -> str:
    """What a grid is by when nobody says: the first of BY that has goals in these months, else by seller. One query."""
    rows = Goal.objects.filter(month__in=list(span), currency=currency).values_list("seller", "team", "category", "property")
    found = {by for row in rows for by, value in zip(BY, row, strict=True) if value is not None}
    return next((by for by in BY if by in found), "seller")


def goal(by: str, key: str, month: datetime.date, currency: str) -> Decimal | None:
    """The goal of one row for a month, as an address names the row; None where it has none."""
    if by not in BY or (by != "category" and not key.isdecimal()):
        return None
    field = "category" if by == "category" else f"{by}_id"
    return Goal.objects.filter(month=month, currency=currency, **{field: key}).values_list("amount", flat=True).first()


def categories() -> list[str]:
    """Categories that may have a goal: those of accounts, and those that have one."""
    known = set(Account.objects.exclude(category="").values_list("category", flat=True).distinct())
    return sorted(known | set(Goal.objects.filter(category__gt="").values_list("category", flat=True)))


def _row(key: Key, name: str, span: Iterable[datetime.date], money: Mapping[tuple[Key, datetime.date], dict[str, Decimal]], goals: Mapping[tuple[Key, datetime.date], Decimal]) -> Row:
    none = dict.fromkeys(STATES, ZERO)
    return Row(key, name, tuple(Cell(month, goals.get((key, month), ZERO), _cents(money.get((key, month), none))) for month in span))


def _cents(states: Mapping[str, Decimal]) -> tuple[Decimal, ...]:
    return tuple(states[state].quantize(Decimal("0.01")) for state in STATES)


def _total(rows: tuple[Row, ...], span: tuple[datetime.date, ...]) -> Row:
    cells = []
    for at, month in enumerate(span):
        some = [row.cells[at] for row in rows]
        cells.append(Cell(month, sum((one.goal for one in some), ZERO), tuple(sum((one.amounts[n] for one in some), ZERO) for n in range(len(STATES)))))
    return Row("", "All", tuple(cells))


def _goals(actor: Person, by: str, span: Iterable[datetime.date], currency: str) -> dict[tuple[Key, datetime.date], Decimal]:
    """Goals of the rows; of the house's own (property, category) only for those who see everybody's money."""
    seen = scope.sellers(actor)
    rows = Goal.objects.filter(month__in=list(span), currency=currency, **{f"{by}__isnull": False})
    if seen is not None:
        rows = rows.filter(seller__in=seen) if by == "seller" else rows.filter(team=actor.team_id, team__isnull=False) if by == "team" else rows.none()
    field = "category" if by == "category" else f"{by}_id"
    return {(key, month): amount for key, month, amount in rows.values_list(field, "month", "amount")}


def _names(by: str, keys: Iterable[Key]) -> dict[Key, str]:
    if by == "category":
        return {key: str(key) or NOBODY[by] for key in keys}
    model: type[Person] | type[Team] | type[Property] = {"seller": Person, "team": Team, "property": Property}[by]
    return {0: NOBODY[by], **dict(model.objects.filter(pk__in=keys).values_list("pk", "name"))}

"""The row of figures: recognised, kept, launched on time, brief to live, overdue, renewals, load."""

import datetime
import statistics
from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.db.models import DateTimeField, Min, OuterRef, Subquery

from makegood.accounts.models import Contract
from makegood.billing.queries import receivables
from makegood.core.models import Activity, Person
from makegood.documents.charts import figures as written
from makegood.documents.written.leadership import Stat
from makegood.engine.process import Event
from makegood.insight import process, revenue, team
from makegood.insight.status.money import Money
from makegood.insight.status.promises import Promises
from makegood.orders.models import Flight


def of(actor: Person, money: Money, promises: Promises, ending: Sequence[Contract], currency: str, *, at: datetime.datetime) -> tuple[Stat, ...]:
    """Seven at most; what cannot be measured yet is left out."""
    today = at.date()
    found = [_recognised(money, currency), _kept(promises), _on_time(money.span.start, today), _brief_to_live(money.span.start, at)]
    found += [_overdue(actor, currency, today), _renewals(ending, currency), _load(at)]
    return tuple(stat for stat in found if stat)


def _recognised(money: Money, currency: str) -> Stat:
    whole = money.rows[0]
    against = f"{whole.amounts[0] / whole.goal * 100:.0f} % of goal" if whole.goal else "no goal is set"
    return Stat(label="Recognised", figure=written.money(whole.amounts[0], currency, 0), against=against)


def _kept(promises: Promises) -> Stat | None:
    if not promises.promised:
        return None
    share = Decimal(promises.delivered) / promises.promised
    return Stat(label="Delivered of promised", figure=f"{share * 100:.1f} %", against=f"{promises.ended} lines ended", state="ok" if share >= Decimal("0.98") else "watch")


def _on_time(start: datetime.date, today: datetime.date) -> Stat | None:
    """Flights due to start in the span that were live on their first day; the span before beside it."""
    before = revenue.add_months(start, -3)
    first = Activity.objects.filter(subject_type="orders.flight", verb="flight.live", subject_id=OuterRef("pk")).order_by().values("subject_id")
    live = Subquery(first.annotate(first=Min("at")).values("first"), output_field=DateTimeField())
    rows = Flight.objects.filter(start__gte=before, start__lt=today).exclude(status__in=["draft", "cancelled"])
    shares: dict[bool, list[bool]] = {True: [], False: []}
    for began, at in rows.annotate(live=live).values_list("start", "live"):
        shares[began >= start].append(at is not None and at.date() <= began)
    if not shares[True]:
        return None
    now, then = (100 * sum(one) / len(one) if one else None for one in (shares[True], shares[False]))
    assert now is not None
    return Stat(label="Launched on time", figure=f"{now:.0f} %", against=_was(then, "%"), state=_better(now, then))


def _brief_to_live(start: datetime.date, at: datetime.datetime) -> Stat | None:
    """Median days from the first step to live; the span before beside it."""
    since = datetime.datetime.combine(revenue.add_months(start, -3), datetime.time(), datetime.UTC)
    days = _cycles(process.steps(process.read(since, at)))
    split = datetime.datetime.combine(start, datetime.time(), datetime.UTC)
    now, then = ([length for live, length in days if (live >= split) is late] for late in (True, False))
    if not now:
        return None
    before = statistics.median(then) if then else None
    middle = statistics.median(now)
    return Stat(label="Brief to live", figure=f"{middle:.1f} days", against=_was(before, "", 1), state=_better(-middle, -before if before is not None else None))


def _cycles(events: Iterable[Event]) -> list[tuple[datetime.datetime, float]]:
    cases: dict[object, list[datetime.datetime]] = defaultdict(list)
    for event in events:
        cases[event.case].append(event.at)
    return [(max(times), (max(times) - min(times)).total_seconds() / 86_400) for times in cases.values()]


def _overdue(actor: Person, currency: str, today: datetime.date) -> Stat:
    rows = [row for row in receivables.aging(actor, today) if row.currency == currency]
    late = sum((row.total - row.buckets["current"] for row in rows), Decimal(0))
    old = sum((row.buckets["61-90"] + row.buckets["over 90"] for row in rows), Decimal(0))
    against = f"{written.money(old, currency, 0)} over 60 days" if old else "none over 60 days"
    return Stat(label="Overdue receivables", figure=written.money(late, currency, 0), against=against, state="watch" if old else "")


def _renewals(ending: Sequence[Contract], currency: str) -> Stat:
    amounts = [one.commitment for one in ending if one.currency == currency]
    many = f"{len(amounts)} contract{'' if len(amounts) == 1 else 's'}"
    return Stat(label="Renewal in 90 days", figure=written.money(sum(amounts, Decimal(0)), currency, 0), against=many)


def _load(at: datetime.datetime) -> Stat | None:
    rows = team.loads(now=at)
    there = sum((sum(row.capacity, Decimal(0)) for row in rows), Decimal(0))
    if not there:
        return None
    asked = sum((sum(row.hours, Decimal(0)) for row in rows), Decimal(0))
    most = rows[0]
    return Stat(label="Team load, next 4 weeks", figure=f"{asked / there * 100:.0f} %", against=f"{most.person.name} {most.percent} %", state="risk" if most.percent > 100 else "")


def _was(before: float | None, unit: str, places: int = 0) -> str:
    return "nothing to compare" if before is None else f"was {before:.{places}f}{f' {unit}' if unit else ''}"


def _better(now: float, before: float | None) -> str:
    return "" if before is None or now == before else "ok" if now > before else "watch"

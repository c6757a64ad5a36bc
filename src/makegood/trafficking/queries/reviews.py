"""The review queue: what waits for a decision, by when it launches and what money waits with it."""

import dataclasses
import datetime
from collections import defaultdict
from decimal import Decimal

from django.db.models import Exists, OuterRef

from makegood.core.models import Person
from makegood.creatives.models import ExceptionRequest, Opinion, Version
from makegood.creatives.queries import disagreeing, lists
from makegood.orders.models import Line, Order
from makegood.work.models import Task


@dataclasses.dataclass(frozen=True)
class Waiting:
    """One version to decide. `launch` is the campaign's next start (None: no campaign), `money` of its lines not launched yet."""

    version: Version
    campaign: str
    launch: datetime.date | None
    money: Decimal
    currency: str
    due_at: datetime.datetime | None
    disputed: bool
    asked: bool


@dataclasses.dataclass(frozen=True)
class Group:
    """Those of one stretch of time, with the money that waits in it by currency."""

    name: str
    rows: tuple[Waiting, ...]
    late: bool = False

    @property
    def money(self) -> dict[str, Decimal]:
        """Each campaign once."""
        once = {(row.campaign, row.currency): row.money for row in self.rows if row.money}
        total: dict[str, Decimal] = defaultdict(Decimal)
        for (_, currency), amount in once.items():
            total[currency] += amount
        return dict(total)


def queue(actor: Person, today: datetime.date) -> list[Waiting]:
    """What `actor` may decide: the next launch first, then the most money, then the longest wait; five queries."""
    rows = lists.to_decide(actor).select_related("creative__advertiser__party", "file", "profile")
    rows = rows.annotate(
        has_opinion=Exists(Opinion.objects.filter(version=OuterRef("pk"))), has_request=Exists(ExceptionRequest.objects.filter(version=OuterRef("pk"), status="asked"))
    )
    versions = list(rows)
    campaigns = _campaigns({one.creative.root_id for one in versions if one.creative.root_type == "orders.order"}, today)
    tasks = Task.objects.filter(subject_type="creatives.version", subject_id__in=[one.pk for one in versions], status="open")
    due = dict(tasks.values_list("subject_id", "due_at"))
    found = [_waiting(one, campaigns, due.get(one.pk)) for one in versions]
    return sorted(found, key=lambda row: (row.launch or datetime.date.max, -row.money, row.version.uploaded_at))


def groups(rows: list[Waiting], today: datetime.date) -> list[Group]:
    """By launch: running or due to run already, this week, later, no campaign."""
    week = today + datetime.timedelta(days=7)
    named = (
        ("Launches by today", lambda day: day is not None and day <= today), ("Launches within a week", lambda day: day is not None and today < day <= week),
        ("Later", lambda day: day is not None and day > week), ("No campaign yet", lambda day: day is None),
    )  # fmt: skip
    made = [Group(name, tuple(row for row in rows if fits(row.launch)), number == 0) for number, (name, fits) in enumerate(named)]
    return [one for one in made if one.rows]


def _campaigns(order_ids: set[int | None], today: datetime.date) -> dict[int, tuple[str, datetime.date, Decimal, str]]:
    """{order: (name, next launch, money of lines that have not ended, currency)}."""
    names = {order.pk: order for order in Order.objects.filter(pk__in=order_ids)}
    lines: dict[int, list[Line]] = defaultdict(list)
    for line in Line.objects.filter(order__in=names, end__gte=today).exclude(status="cancelled"):
        lines[line.order_id].append(line)
    return {
        pk: (order.name, min((line.start for line in lines[pk]), default=order.start), sum((line.amount for line in lines[pk]), Decimal(0)), order.currency)
        for pk, order in names.items()
    }


def _waiting(version: Version, campaigns: dict[int, tuple[str, datetime.date, Decimal, str]], due_at: datetime.datetime | None) -> Waiting:
    known = campaigns.get(version.creative.root_id or 0) if version.creative.root_type == "orders.order" else None
    name, launch, money, currency = known or ("", None, Decimal(0), "")
    disputed = version.has_opinion and disagreeing.disputed(version)  # type: ignore[attr-defined]
    return Waiting(version, name, launch, money, currency, due_at, disputed, version.has_request)  # type: ignore[attr-defined]

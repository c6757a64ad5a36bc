"""A client's campaigns with how each is going: shown, promised, expected, in numbers a reader needs no trade for."""

import dataclasses
import datetime
import zoneinfo
from collections import defaultdict
from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Prefetch, Sum

from makegood.core.models import Person
from makegood.delivery.models import Fact, Pace
from makegood.orders.models import Line, Order, Signature
from makegood.orders.queries import visible_to
from makegood.orders.queries.changes import unsigned

SHOWN = ("approved", "signed", "booked", "live", "completed", "closed")
RUNNING = ("signed", "booked", "live")


@dataclasses.dataclass(frozen=True)
class Going:
    """One campaign. Units are impressions of lines that count them; `expected` is None before it is measured.

    `stage` is sign, before, running or over; `pays_shown` whether the client pays only for what was shown.
    """

    order: Order
    lines: tuple[Line, ...]
    promised: int
    shown: int
    clicks: int
    expected: int | None
    low: int | None
    high: int | None
    state: str
    as_of: datetime.datetime | None
    stage: str
    signed: bool

    @property
    def share(self) -> float:
        """Expected at the end (shown, once over) of promised."""
        whole = self.shown if self.stage == "over" or self.expected is None else self.expected
        return whole / self.promised if self.promised else 0.0

    @property
    def pays_shown(self) -> bool:
        """Whether the bill follows what was shown."""
        return self.order.bill_source != Order.Source.CONTRACTED


def campaigns(actor: Person, at: datetime.datetime, *, order_id: int | None = None) -> list[Going]:
    """The client's campaigns (or one of them) that were agreed by us, running ones first, the newest of each first; four queries."""
    mark = Signature.objects.filter(revision__order=OuterRef("pk"), revision__number=OuterRef("revision"), side="client")
    waiting = unsigned().filter(order=OuterRef("pk"))
    lines = Line.objects.exclude(status="cancelled").select_related("product__property").order_by("number")
    rows = visible_to(actor).filter(status__in=SHOWN).select_related("advertiser__party", "agency__party", "account_manager", "campaign_manager")
    rows = rows if order_id is None else rows.filter(pk=order_id)
    orders = list(rows.annotate(client_signed=Exists(mark), change_waits=Exists(waiting)).prefetch_related(Prefetch("lines", lines, to_attr="shown_lines")).order_by("-start", "-pk"))
    counted = [line for order in orders for line in order.shown_lines if line.unit == "impressions"]
    paces = {pace.line_id: pace for pace in Pace.objects.filter(line__in=counted)}
    facts: dict[int, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for line_id, net, clicks in Fact.objects.filter(flight__line__in=counted).values_list("flight__line").annotate(n=Sum("net"), c=Sum("clicks")):
        facts[line_id] = (net, clicks)
    found = [_going(order, [line for line in order.shown_lines if line.unit == "impressions"], paces, facts, at) for order in orders]
    return sorted(found, key=lambda one: ("running", "sign", "before", "over").index(one.stage))


def _going(order: Order, counted: Sequence[Line], paces: dict[int, Pace], facts: dict[int, tuple[int, int]], at: datetime.datetime) -> Going:
    shown, clicks = (sum(facts[line.pk][n] for line in counted) for n in (0, 1))
    paced = [paces[line.pk] for line in counted if line.pk in paces]
    measured = bool(paced)

    def total(name: str) -> int | None:
        return sum(getattr(paces[line.pk], name) if line.pk in paces else facts[line.pk][0] for line in counted) if measured else None

    promised, expected = sum(line.quantity for line in counted), total("projected")
    return Going(
        order, tuple(order.shown_lines), promised, shown, clicks, expected, total("projected_low"), total("projected_high"),  # type: ignore[attr-defined]
        _state(promised, expected), max((pace.as_of for pace in paced), default=None), _stage(order, at), bool(order.client_signed),  # type: ignore[attr-defined]
    )  # fmt: skip


def _stage(order: Order, at: datetime.datetime) -> str:
    today = at.astimezone(zoneinfo.ZoneInfo(order.zone)).date()
    if order.status == "approved":
        return "sign"
    if order.status in ("completed", "closed") or order.end < today:
        return "over"
    return "running" if order.start <= today else "before"


def _state(promised: int, expected: int | None) -> str:
    """On course within half a per cent of the promise, watched within five, else behind."""
    if expected is None or not promised:
        return "ok"
    share = expected / promised
    return "ok" if share >= 0.995 else "watch" if share >= 0.95 else "risk"

"""Agreements that end soon, scored from what happened under them, each reason with its points. A fixed number of queries."""

import dataclasses
import datetime
from collections import Counter, defaultdict
from collections.abc import Collection
from decimal import Decimal

from django.db.models import Count, Sum

from makegood.accounts.models import Contract
from makegood.billing.models import Dispute, Invoice
from makegood.core import permissions
from makegood.core.models import Activity, Person
from makegood.delivery.models import Fact
from makegood.engine import renewal
from makegood.engine.renewal import Facts, Reason
from makegood.insight.models import RenewalWeights
from makegood.orders.models import Line, Order
from makegood.orders.queries.commitments import BOOKED, booked_against
from makegood.work.models import Case

AHEAD, YEAR, HALF = datetime.timedelta(days=180), datetime.timedelta(days=365), datetime.timedelta(days=182)
PAID, ISSUED = "invoice.paid", ("issued", "paid")


@dataclasses.dataclass(frozen=True)
class Renewal:
    """An agreement that ends soon: the last day to give notice, what is booked of it, its score and why."""

    contract: Contract
    notice_by: datetime.date
    booked: Decimal
    score: int
    reasons: tuple[Reason, ...]


def renewals(actor: Person, *, today: datetime.date) -> list[Renewal]:
    """Active agreements that end within half a year, the least likely to be renewed first."""
    permissions.check(actor, "accounts.see_all")
    rows = Contract.objects.filter(status="active", end__range=(today, today + AHEAD))
    found = list(rows.select_related("account__party", "owner").order_by("end", "pk"))
    ids = [one.pk for one in found]
    points = weights()
    booked, facts = booked_against(ids), _facts(found, ids, today)
    made = []
    for one in found:
        due = _due(one, today)
        reasons = renewal.reasons(dataclasses.replace(facts[one.pk], pace=float(booked[one.pk] / due) if due else None), points)
        made.append(Renewal(one, one.end - datetime.timedelta(days=one.notice_days), booked[one.pk], renewal.score(reasons), reasons))
    return sorted(made, key=lambda one: (one.score, one.contract.end, one.contract.pk))


def weights() -> dict[str, float]:
    """Points by fact, as set or as installed."""
    return dict((RenewalWeights.objects.first() or RenewalWeights()).points)


def _due(contract: Contract, today: datetime.date) -> Decimal:
    """The commitment in proportion to the days that are over."""
    over = min((today - contract.start).days, (contract.end - contract.start).days)
    return contract.commitment * max(over, 0) / (contract.end - contract.start).days


def _facts(contracts: Collection[Contract], ids: Collection[int], today: datetime.date) -> dict[int, Facts]:
    since = today - YEAR
    delivered, late, trend = _delivered(ids), _late(ids, since, today), _trend(ids, today)
    disputes = dict(Dispute.objects.filter(invoice__order__contract__in=ids, at__date__gte=since).values_list("invoice__order__contract").annotate(n=Count("pk")))
    cases = dict(Case.objects.filter(party__in=[one.account_id for one in contracts], opened_at__date__gte=since).values_list("party").annotate(n=Count("pk")))
    return {
        one.pk: Facts(delivered.get(one.pk), None, trend.get(one.pk), late.get(one.pk), disputes.get(one.pk, 0), cases.get(one.account_id, 0)) for one in contracts
    }


def _delivered(ids: Collection[int]) -> dict[int, float]:
    """Delivered of promised over the counted lines that ended, more than promised counted as promised."""
    rows = Line.objects.filter(order__contract__in=ids, status="completed", unit__in=Line.COUNTED_UNITS)
    lines = {pk: (contract, quantity) for pk, contract, quantity in rows.values_list("pk", "order__contract", "quantity")}
    net = dict(Fact.objects.filter(flight__line__in=list(lines)).values_list("flight__line").annotate(total=Sum("net")))
    promised, got = Counter[int](), Counter[int]()
    for pk, (contract, quantity) in lines.items():
        promised[contract] += quantity
        got[contract] += min(net.get(pk, 0), quantity)
    return {contract: got[contract] / promised[contract] for contract in promised}


def _late(ids: Collection[int], since: datetime.date, today: datetime.date) -> dict[int, float]:
    """Share of the bills due in the last year that were paid after their day, or are not paid yet."""
    bills = list(Invoice.objects.filter(order__contract__in=ids, status__in=ISSUED, due_on__gte=since, due_on__lt=today).values_list("pk", "order__contract", "status", "due_on"))
    paid = dict(Activity.objects.filter(subject_type="billing.invoice", verb=PAID, subject_id__in=[pk for pk, *_ in bills]).order_by("at").values_list("subject_id", "at"))
    found: dict[int, list[bool]] = defaultdict(list)
    for pk, contract, status, due in bills:
        found[contract].append(status != "paid" or (pk in paid and paid[pk].date() > due))
    return {contract: sum(late) / len(late) for contract, late in found.items()}


def _trend(ids: Collection[int], today: datetime.date) -> dict[int, float]:
    """Net of booked orders that began in the last half year against the half year before it."""
    recent, before = Counter[int](), Counter[int]()
    for contract, start, net in Order.objects.filter(contract__in=ids, status__in=BOOKED, start__gt=today - 2 * HALF, start__lte=today).values_list("contract", "start", "net"):
        (recent if start > today - HALF else before)[contract] += float(net)  # type: ignore[assignment]
    return {contract: recent[contract] / spent - 1 for contract, spent in before.items() if spent}

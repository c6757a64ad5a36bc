"""Figures of an account and of an agreement as components. No figure is computed here."""

import dataclasses
from decimal import Decimal

from django.utils import timezone

from makegood.accounts.models import Account, Representation
from makegood.billing.queries.receivables import BUCKETS
from makegood.insight.account import AccountPage
from makegood.insight.agreement import Progress
from makegood.interfaces.web import components as c
from makegood.interfaces.web import formats, links
from makegood.interfaces.web.accounts import rebated
from makegood.interfaces.web.components import geometry
from makegood.interfaces.web.orders import events

FILLS = ("f-bar", "f-watch", "f-watch", "f-risk", "f-risk")
AXIS = Decimal("1.1")


@dataclasses.dataclass(frozen=True)
class Bar:
    """One lane of a commitment: label, money as text, bar, share of the commitment."""

    label: str
    money: str
    bar: geometry.Bar
    share: str
    any: bool


@dataclasses.dataclass(frozen=True)
class Commitment:
    """Booked, delivered and billed on one scale with the commitment and today's share of the days as lines."""

    lanes: tuple[Bar, ...]
    tick: str
    today: str
    tiers: tuple[tuple[str, str, bool], ...]
    sentence: str


def commitment(seen: Progress) -> Commitment:
    """The agreement drawn: three lanes to 110 % of the commitment or of what is booked."""
    top = max(seen.contract.commitment, seen.booked, Decimal(1)) * AXIS
    rows = (("Booked", seen.booked, "f-seq-3"), ("Delivered", seen.delivered, "f-bar"), ("Billed", seen.billed, "f-seq-1"))
    lanes = tuple(
        Bar(label, _money(value, seen), geometry.bar(0, float(value / top), fill), _share(value, seen), value > 0)
        for label, value, fill in rows
    )  # fmt: skip
    tiers = tuple(
        (_money(tier.spend_from, seen), f"{tier.rebate_pct.normalize():f}{formats.SPACE}%", tier.spend_from <= seen.booked)
        for tier in seen.contract.tiers.all()
    )
    tick = geometry.percent(float(seen.contract.commitment / top))
    return Commitment(lanes, tick, geometry.percent(float(seen.elapsed * seen.contract.commitment / top)), tiers, outlook(seen))


def agreements(page: AccountPage) -> list[tuple[Progress, Commitment, rebated.RebateView | None]]:
    """Each agreement drawn, those in force with their rebate."""
    rebates = {one.contract.pk: rebated.of(one) for one in page.rebates if one.contract.tiers.all()}
    return [(one, commitment(one), rebates.get(one.contract.pk)) for one in page.agreements]


def bonds(page: AccountPage) -> list[tuple[Representation, Account, bool]]:
    """(relation, the other side, whether it holds today)."""
    today = timezone.localdate()
    return [
        (one, one.advertiser if one.agency_id == page.account.pk else one.agency, one.start <= today and (one.end is None or one.end >= today))
        for one in page.bonds
    ]


def outlook(seen: Progress) -> str:
    """Where it ends, in a sentence."""
    if seen.contract.status == "draft":
        return "A draft: nothing counts against it yet."
    if seen.contract.status == "discarded":
        return "Discarded: it was never in force."
    if not seen.missing:
        return f"The commitment is reached, {formats.percent(seen.elapsed, 0)} of its days are over."
    gone = f"{formats.percent(seen.elapsed, 0)} of the days are over"
    if seen.contract.status != "active":
        return f"Ended with {_money(seen.missing, seen)} of the commitment not booked."
    if seen.outlook is None:
        return f"{gone}: too early to say where it ends."
    return f"{gone}; at this rate it ends at {_money(seen.outlook, seen)}, {formats.percent(seen.outlook / seen.contract.commitment, 0)} of the commitment."


def stats(page: AccountPage) -> list[c.Stat | None]:
    """Five figures of an account."""
    account = page.account
    year = " + ".join(formats.money(value, currency, short=True) for currency, value in sorted(page.year.items())) or "none"
    open_money = sum((row.total for row in page.aging if row.currency == account.currency), Decimal(0))
    late = sum((row.total - row.buckets["current"] for row in page.aging if row.currency == account.currency), Decimal(0))
    used = open_money / account.credit_limit if account.credit_limit else None
    limit = f"{formats.percent(used, 0)} of the credit limit" if used is not None else "no credit limit"
    return [
        c.Stat("Booked, last year", year, "net"),
        c.Stat("Open orders", str(len(page.orders)), f"{page.ended} ended before"),
        None,
        c.Stat("Open balance", formats.money(open_money, account.currency, decimals=0), limit),
        c.Stat("Overdue", formats.money(late, account.currency, decimals=0), "", tone="risk" if late else ""),
        c.Stat("Pays in", str(account.payment_days), "by its terms", "days"),
    ]  # fmt: skip


def aging(page: AccountPage) -> list[tuple[str, list[tuple[str, str, geometry.Bar | None]]]]:
    """For each currency: buckets with money and a bar, on the scale of the largest."""
    found = []
    for row in page.aging:
        top = max(row.buckets.values()) or Decimal(1)
        lanes: list[tuple[str, str, geometry.Bar | None]] = []
        for name, fill in zip(BUCKETS, FILLS, strict=True):
            due = row.buckets[name]
            label = "Not due" if name == "current" else f"{name} days"
            lanes.append((label, formats.money(due, row.currency, decimals=0), geometry.bar(0, float(due / top), fill) if due else None))
        found.append((row.currency, lanes))
    return found


def timeline(page: AccountPage) -> list[c.Event]:
    """What happened around the account: each event says of which record, and leads to its campaign."""
    found = []
    for row in page.history:
        event = events.event(row)
        own = row.subject_type == "accounts.account"
        text = event.text if own or event.text.startswith(row.subject_label) else f"{row.subject_label}: {event.text[:1].lower()}{event.text[1:]}"
        found.append(dataclasses.replace(event, text=text, url="" if own else links.to(row.root_type, row.root_id)))
    return found


def _share(value: Decimal, seen: Progress) -> str:
    return formats.percent(value / seen.contract.commitment, 0) if seen.contract.commitment else ""


def _money(value: Decimal, seen: Progress) -> str:
    return formats.money(value, seen.contract.currency, decimals=0)

"""Discrepancies as the board shows them: the cause in a sentence, its evidence, the next step and whose it is."""

import dataclasses
import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, QuerySet, Sum

from makegood.core import visibility
from makegood.core.models import Person
from makegood.delivery.models import Discrepancy

CALLING = ("reconcile", "incident")
STEPS = {
    "time_zone": "Ask {vendor} for days in {zone}, or compare whole flights only; money is not touched while the sums agree.",
    "wrapped_tag": "Test the tag of “{creative}” on the test page, have the agency send it without the wrapper, and traffic it again.",
    "filtering": "Exchange filter lists with {vendor}: send them the reasons by day, and agree on whose net is billed.",
    "creative_weight": "Ask the agency for a lighter “{creative}”: people leave before it, and their pixel, have loaded.",
    "duplicate_placement": "Give each placement a tag of its own: ask {vendor} which of their placements carry this one.",
    "missing_days": "Ask {vendor} for the missing days, and load them before the bill is made.",
    "unexplained": "Send {vendor} our hourly counts of the worst day and ask for theirs.",
}
OWNERS = {"wrapped_tag": "trafficker", "duplicate_placement": "trafficker", "creative_weight": "trafficker"}


@dataclasses.dataclass(frozen=True)
class Words:
    """What a discrepancy means for people."""

    sentence: str
    evidence: str
    step: str
    owner: Person | None


@dataclasses.dataclass(frozen=True)
class Summary:
    """How many lines call for something, by tier, and the money between the counts by currency."""

    lines: int
    tiers: dict[str, int]
    at_stake: dict[str, Decimal]
    as_of: datetime.datetime | None


def discrepancy_list(actor: Person) -> QuerySet[Discrepancy]:
    """Every compared line the actor may see, the most money first."""
    rows = Discrepancy.objects.select_related(
        "line__order__advertiser__party", "line__order__campaign_manager", "line__order__trafficker", "line__product"
    )
    return visibility.scoped(rows, actor, "line__order__advertiser_id", "line__order__agency_id").order_by("-at_stake", "pk")


def summary(actor: Person) -> Summary:
    """The sentence above the board: two queries."""
    rows = discrepancy_list(actor).order_by()
    tiers = dict(rows.values_list("tier").annotate(n=Count("pk")))
    money = dict(rows.filter(tier__in=CALLING).values_list("line__order__currency").annotate(total=Sum("at_stake")))
    newest = rows.order_by("-as_of").values_list("as_of", flat=True).first()
    return Summary(sum(tiers.values()), tiers, money, newest)


def words(one: Discrepancy) -> Words:
    """Cause, evidence and next step of a row."""
    first = one.findings[0] if one.findings else None
    order = one.line.order
    if first is None:
        return Words(_plain(one), "", "", None)
    step = STEPS[first["cause"]].format(vendor=one.vendor, zone=order.zone, creative=first["creative"] or "the heaviest creative")
    owner = getattr(order, OWNERS.get(first["cause"], "campaign_manager")) or order.campaign_manager
    return Words(_sentence(one, first), _evidence(one, first), step, owner)


def _plain(one: Discrepancy) -> str:
    if one.tier == "too_few":
        return "Fewer than 1,000 counted: a share says nothing yet."
    return "Within what two counters differ by." if one.tier == "within" else "One day says no cause yet; tomorrow's count will."


def _sentence(one: Discrepancy, first: dict[str, Any]) -> str:
    value, creative = first["value"], first["creative"]
    times = f"{value:g} times" if value >= 1 else f"1 in {round(1 / value) if value else 0}"
    return {
        "time_zone": f"Their days begin {abs(value):g} hours {'later' if value > 0 else 'earlier'} than ours.",
        "wrapped_tag": f"They miss {value:.0%} of “{creative}” and count the other creatives.",
        "filtering": "They count what we filter." if value == 1 else f"They throw out {abs(value):.1f} more for each one we filter.",
        "creative_weight": f"They lose up to {value:.0%}, the more the heavier the creative.",
        "duplicate_placement": f"They count {times} what we do, day after day.",
        "missing_days": f"They have no count for {value:g} day{'' if value == 1 else 's'} on which we delivered.",
        "unexplained": "No known cause fits the days.",
    }[first["cause"]]


def _evidence(one: Discrepancy, first: dict[str, Any]) -> str:
    if first["cause"] == "unexplained":
        return f"{first['units']:+,} between the counts over {len(one.days)} days."
    zone = f" Their file says {one.zone}, the campaign {one.line.order.zone}." if first["cause"] == "time_zone" and one.zone else ""
    other = one.findings[1]["cause"].replace("_", " ") if len(one.findings) > 1 else ""
    return (
        f"Explains {first['explained']:.0%} of the difference by day, {first['units']:+,} of {one.ours - one.theirs:+,} over {len(one.days)} days."
        + zone + (f" Next likeliest: {other}, {one.findings[1]['explained']:.0%}." if other else "")
    )  # fmt: skip

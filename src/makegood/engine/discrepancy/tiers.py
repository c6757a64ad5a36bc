"""How far two counts are apart, on the publisher's figure, and what that calls for.

The bands are the trade's: 10 % is the IAB terms' limit for billing as counted, up to 20 % is what ad servers call usual,
and below 1,000 impressions a share says nothing.
"""

from __future__ import annotations

import enum

LEAST = 1_000
RECONCILE, INCIDENT = 0.10, 0.20


class Tier(enum.StrEnum):
    """What a difference calls for."""

    TOO_FEW = "too_few"
    WITHIN = "within"
    RECONCILE = "reconcile"
    INCIDENT = "incident"


def share(ours: float, theirs: float) -> float | None:
    """(ours − theirs) ÷ ours: above zero when they count fewer; None when we counted nothing."""
    return (ours - theirs) / ours if ours else None


def tier(ours: int, theirs: int) -> Tier:
    """The band of a pair of counts; TOO_FEW while neither reaches LEAST."""
    if max(ours, theirs) < LEAST:
        return Tier.TOO_FEW
    # In whole numbers, so that exactly ten per cent is within ten per cent; what they alone counted is an incident.
    apart = abs(ours - theirs)
    if not ours or apart * 100 > ours * 100 * INCIDENT:
        return Tier.INCIDENT
    return Tier.RECONCILE if apart * 100 > ours * 100 * RECONCILE else Tier.WITHIN

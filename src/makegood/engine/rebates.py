"""Rebates for volume: what a year's spend has earned by each month, retroactive or by parts, explained. Arithmetic only.

Retroactive ("all spend, at the tier reached") and marginal ("each part at its own tier") are the two bases of volume bonuses in
the trade; the accrual of a month is what is earned by its end less what was accrued before, so that months add up to the year
and a tier that is reached shows its catching up in that month.
"""

import dataclasses
from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, Decimal

RETROACTIVE, MARGINAL = "retroactive", "marginal"
Tiers = Sequence[tuple[Decimal, Decimal]]
CENT = Decimal("0.01")


@dataclasses.dataclass(frozen=True, slots=True)
class Part:
    """One step of the reckoning: spend at a per cent."""

    spend: Decimal
    pct: Decimal
    rebate: Decimal


@dataclasses.dataclass(frozen=True, slots=True)
class Accrual:
    """A month: its spend, spend to date, tier reached, earned to date, and what is accrued in it (negative when spend is taken back)."""

    month: str
    spend: Decimal
    to_date: Decimal
    pct: Decimal
    earned: Decimal
    accrued: Decimal


def reached(spend: Decimal, tiers: Tiers) -> Decimal:
    """Per cent of the highest tier that begins at or below `spend`; 0 below the first."""
    return max(((start, pct) for start, pct in tiers if start <= spend), default=(Decimal(0), Decimal(0)))[1]


def following(spend: Decimal, tiers: Tiers) -> tuple[Decimal, Decimal] | None:
    """(spend still missing, per cent) of the next tier; None at the last."""
    above = sorted((start, pct) for start, pct in tiers if start > spend)
    return (above[0][0] - spend, above[0][1]) if above else None


def parts(spend: Decimal, tiers: Tiers, basis: str) -> tuple[Part, ...]:
    """What `spend` earns, part by part; their rebates are rounded together to the cent. Raises ValueError for an unknown basis."""
    if basis not in (RETROACTIVE, MARGINAL):
        raise ValueError(f"{basis!r} is neither {RETROACTIVE} nor {MARGINAL}")
    if spend <= 0 or not tiers:
        return ()
    if basis == RETROACTIVE:
        pct = reached(spend, tiers)
        return (Part(spend, pct, spend * pct / 100),)
    ordered = sorted(tiers)
    ends = [start for start, _ in ordered[1:]] + [max(spend, ordered[-1][0])]
    found = [(min(spend, end) - start, pct) for (start, pct), end in zip(ordered, ends, strict=True) if spend > start]
    below = min(spend, ordered[0][0])
    first = (Part(below, Decimal(0), Decimal(0)),) if below else ()
    return first + tuple(Part(amount, pct, amount * pct / 100) for amount, pct in found if amount > 0)


def earned(spend: Decimal, tiers: Tiers, basis: str) -> Decimal:
    """The rebate `spend` has earned, to the cent."""
    return sum((one.rebate for one in parts(spend, tiers, basis)), Decimal(0)).quantize(CENT, ROUND_HALF_EVEN)


def accruals(months: Sequence[tuple[str, Decimal]], tiers: Tiers, basis: str) -> tuple[Accrual, ...]:
    """Month by month in their order: what is accrued in each. The sum of `accrued` is what the year has earned."""
    found = []
    total = before = Decimal(0)
    for month, spend in months:
        total += spend
        now = earned(total, tiers, basis)
        found.append(Accrual(month, spend, total, reached(total, tiers), now, now - before))
        before = now
    return tuple(found)

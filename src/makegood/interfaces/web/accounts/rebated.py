"""A rebate in words: what is earned and how, month by month. No figure is computed here."""

import dataclasses
import functools

from makegood.insight.rebate import Rebate
from makegood.interfaces.web import formats


@dataclasses.dataclass(frozen=True)
class RebateView:
    """A rebate in words: what is earned and how, its months, what comes next."""

    earned: str
    due: str
    says: str
    next: str
    months: tuple[tuple[str, str, str, str, str], ...]


def of(found: Rebate) -> RebateView:
    """Earned, explained part by part; months as (month, billed, to date, tier, accrued)."""
    money = functools.partial(formats.money, currency=found.contract.currency)
    said = " + ".join(f"{money(part.spend)} × {part.pct.normalize():f}{formats.SPACE}%" for part in found.parts if part.pct) or "no tier is reached"
    nearer = f"{money(found.next[0])} more reach {found.next[1].normalize():f}{formats.SPACE}%" if found.next else ""
    end = f"at what is booked it ends at {money(found.at_end)}" if found.at_end != found.earned else ""
    months = tuple((one.month, money(one.spend), money(one.to_date), f"{one.pct.normalize():f}{formats.SPACE}%", money(one.accrued)) for one in found.months)
    basis = found.contract.get_rebate_basis_display()
    return RebateView(money(found.earned), money(found.due), f"{basis}: {said}", "; ".join(one for one in (nearer, end) if one), months)

"""Rules as the page places them: by kind, each with its sentence, its stages in words and whether it stands today."""

import dataclasses
import datetime
from decimal import Decimal

from makegood.interfaces.web import formats
from makegood.work.actions import rules
from makegood.work.approving import kinds
from makegood.work.models import ApprovalRule


@dataclasses.dataclass(frozen=True)
class Row:
    """A rule: its threshold with the unit, what narrows it, who is asked, and its state."""

    rule: ApprovalRule
    above: str
    narrowed: str
    who: str
    days: str
    state: str


@dataclasses.dataclass(frozen=True)
class Group:
    """The rules of a kind; a kind without any passes unasked."""

    code: str
    title: str
    measure: str
    rows: tuple[Row, ...]


def groups(today: datetime.date) -> list[Group]:
    """Every kind there is, and kinds only rules know of."""
    found: dict[str, list[Row]] = {code: [] for code in kinds.KINDS}
    for rule in ApprovalRule.objects.select_related("team").order_by("kind", "above", "pk"):
        found.setdefault(rule.kind, []).append(row(rule, today))
    return [Group(code, kinds.title(code), kinds.KINDS[code].measure if code in kinds.KINDS else "", tuple(rows)) for code, rows in found.items()]


def row(rule: ApprovalRule, today: datetime.date) -> Row:
    """One rule on a day."""
    unit = kinds.KINDS[rule.kind].unit if rule.kind in kinds.KINDS else ""
    narrowed = [
        f"from {_figure(rule.from_amount)}" if rule.from_amount else "", ", ".join(rule.about), str(rule.team or ""),
        f"a client's {rule.window_days} days together" if rule.window_days else "",
    ]  # fmt: skip
    days = [f"from {formats.day(rule.starts)}" if rule.starts else "", f"until {formats.day(rule.ends)}" if rule.ends else ""]
    return Row(
        rule, f"{_figure(rule.above)}{' ' + unit if unit not in ('', 'money') else ''}", "; ".join(one for one in narrowed if one),
        rules.words(rule).partition(": ")[2].partition(", a party")[0].removesuffix("; switched off"), " ".join(one for one in days if one), _state(rule, today),
    )  # fmt: skip


def _state(rule: ApprovalRule, today: datetime.date) -> str:
    if not rule.active:
        return "Off"
    if rule.starts and rule.starts > today:
        return "Later"
    return "Over" if rule.ends and rule.ends < today else "In force"


def _figure(value: Decimal) -> str:
    """Without the cents of a whole figure."""
    return formats.number(value, 0 if value == value.to_integral_value() else 2)

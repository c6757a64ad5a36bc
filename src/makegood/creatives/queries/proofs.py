"""What advertisers must show for the rules that bear on a creative, and what of it is there."""

import dataclasses
import datetime

from makegood.catalog.models import Guideline
from makegood.creatives import policy
from makegood.creatives.models import Creative, Evidence


@dataclasses.dataclass(frozen=True)
class Proof:
    """One kind of evidence a rule asks for; `shown` is the newest that has not run out."""

    rule: Guideline
    kind: str
    shown: Evidence | None

    def __str__(self) -> str:
        return f"{self.rule.code} asks for {Guideline.Evidence(self.kind).label.lower()}"


def of(creative: Creative, *, on: datetime.date) -> list[Proof]:
    """Every proof asked for. A general rule (of no category) asks of everybody; one of a category of those in it."""
    rows = creative.evidence.order_by("at", "pk")
    shown = {row.kind: row for row in rows if row.valid_until is None or row.valid_until >= on}
    rules = [rule for rule in policy.rules_on(on) if policy.applies(rule, creative)]
    return [Proof(rule, kind, shown.get(kind)) for rule in rules for kind in rule.evidence]


def missing(creative: Creative, *, on: datetime.date) -> list[Proof]:
    """What is asked for and was not shown."""
    return [one for one in of(creative, on=on) if one.shown is None]

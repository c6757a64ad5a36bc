"""What would be asked before anything is: which rules an order, or figures somebody types, would fire, and whom. Writes nothing."""

import dataclasses
import datetime
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from makegood.core.models import Person, Seller
from makegood.orders import needs, whose
from makegood.orders.availability import Avails
from makegood.orders.models import Order
from makegood.work import rules_in_force
from makegood.work.actions import rules
from makegood.work.approving import kinds
from makegood.work.approving.stages import Around, Stage
from makegood.work.models import ApprovalRule


@dataclasses.dataclass(frozen=True)
class Would:
    """One thing measured: its rule (None: it passes unasked), the measure that counts, and for each stage who would be asked."""

    kind: str
    title: str
    measure: Decimal
    unit: str
    facts: Mapping[str, Any]
    rule: ApprovalRule | None
    stages: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def kind_title(self) -> str:
        """The kind in words."""
        return kinds.title(self.kind)

    @property
    def says(self) -> str:
        """The rule in a sentence."""
        return rules.words(self.rule) if self.rule else ""


def order(order: Order, avails: Mapping[int, Avails], seller: Seller, *, at: datetime.datetime) -> list[Would]:
    """Everything about an order that is measured, what fires first."""
    around = whose.order(order)
    found = []
    for need in needs.of(order, avails, seller):
        asking = rules_in_force.Asking(need.kind, need.measure, need.amount, frozenset(need.about), around.team)
        rule, total = rules_in_force.passed(asking, at=at, party=order.advertiser_id, subject=order)
        found.append(_would(asking, need.title, total, need.facts, rule, around))
    return sorted(found, key=lambda one: one.rule is None)


def figures(asking: Sequence[rules_in_force.Asking], around: Around = Around(), *, at: datetime.datetime) -> list[Would]:
    """The same for figures: no client's other orders are added."""
    found = []
    for one in asking:
        rule, total = rules_in_force.passed(one, at=at)
        found.append(_would(one, kinds.KINDS[one.kind].measure.capitalize(), total, {}, rule, around))
    return found


def _would(
    asking: rules_in_force.Asking, title: str, total: Decimal, facts: Mapping[str, Any], rule: ApprovalRule | None, around: Around
) -> Would:
    unit = kinds.KINDS[asking.kind].unit if asking.kind in kinds.KINDS else ""
    stages = tuple(_asked(Stage.from_json(one).frozen(around)) for one in rule.stages) if rule else ()
    return Would(asking.kind, title, total, unit, facts, rule, stages)


def _asked(stage: Stage) -> tuple[str, tuple[str, ...]]:
    """(how many of whom in how long, the people)."""
    who = " or ".join([*(role.replace("_", " ") for role in stage.roles), *(["by name"] if stage.named else [])])
    need = {"any": "one of", "all": "each of"}.get(str(stage.need), f"{stage.need} of")
    names = tuple(Person.objects.filter(pk__in=stage.people).order_by("name").values_list("name", flat=True))
    return f"{need} {who}, in {stage.hours} working hours", names

"""What stands around a version: remarks pinned to it, reviewers' opinions, evidence asked for, an exception that waits, hints."""

import dataclasses
import datetime

from makegood.catalog.models import Guideline
from makegood.core.models import Person
from makegood.creatives.models import ExceptionRequest, Opinion, Pin, Version
from makegood.creatives.queries import disagreeing, guidelines, proofs
from makegood.creatives.queries.guidelines import Hint
from makegood.creatives.queries.proofs import Proof


@dataclasses.dataclass(frozen=True)
class Standing:
    """All of it; clients see only what is marked for them."""

    pins: tuple[Pin, ...]
    opinions: tuple[Opinion, ...]
    disputed: bool
    proofs: tuple[Proof, ...]
    asked: ExceptionRequest | None
    hints: tuple[Hint, ...]


def of(actor: Person, version: Version, *, on: datetime.date, rule: Guideline | None = None) -> Standing:
    """What `actor` may see around `version`, with the hints that point to `rule`."""
    opinions = list(version.opinions.select_related("by", "guideline").order_by("at", "pk")) if actor.is_staff_member else []
    return Standing(
        tuple(pins(actor, [version])), tuple(opinions), bool(opinions) and disagreeing.disputed(version),
        tuple(proofs.of(version.creative, on=on)), version.exception_requests.filter(status="asked").first(),
        tuple(guidelines.hints(rule, version)) if rule else (),
    )  # fmt: skip


def pins(actor: Person, versions: list[Version]) -> list[Pin]:
    """Remarks on these versions as far as `actor` may read them, in their order."""
    rows = Pin.objects.filter(version__in=versions).select_related("comment__by", "version")
    return list((rows if actor.is_staff_member else rows.filter(comment__visible_to_client=True)).order_by("version_id", "number"))

"""Putting rules of the advertising policy in force: always as a new version, from a day on, with what it changes."""

import dataclasses
import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Max

from makegood.catalog.models import Guideline, Product
from makegood.core import activity, permissions, verbs
from makegood.core.errors import Invalid
from makegood.core.models import Person


@dataclasses.dataclass(frozen=True)
class Wording:
    """A rule as it is to read. `examples` are {"ok": bool, "text": str}."""

    code: str
    title: str
    text: str
    category: str = ""
    markets: Sequence[str] = ()
    products: Sequence[str] = ()
    hints: Sequence[str] = ()
    domains: Sequence[str] = ()
    evidence: Sequence[str] = ()
    examples: Sequence[Mapping[str, Any]] = ()
    risk: int = Guideline.Risk.MEDIUM
    source: str = ""


@verbs.whole
def publish(
    wording: Wording, *, valid_from: datetime.date, by: Person | None, at: datetime.datetime, note: str = "", valid_until: datetime.date | None = None
) -> Guideline:
    """The next version of a rule, or its first. What it replaces stays readable for the decisions that bind it.

    Approvals given under the version before are void from `valid_from` on, so it may not lie in the past.
    """
    permissions.check(by, "catalog.set_policy")
    _sound(wording, valid_from, valid_until, at.date())
    last = Guideline.objects.filter(code=wording.code).aggregate(last=Max("version"))["last"] or 0
    if last and not note.strip():
        raise Invalid("a new version says what it changes.", place=wording.code, remedy="Say what is new, and why.")
    fields = {name: list(value) if isinstance(value, tuple) else value for name, value in dataclasses.asdict(wording).items()}
    made = Guideline.objects.create(**fields, version=last + 1, valid_from=valid_from, valid_until=valid_until, note=note.strip()[:200], by=by)
    activity.record(made, "policy.published", by=by, at=at, why=made.note, after={"rule": made.name, "from": str(valid_from)})
    return made


def differences(older: Guideline, newer: Guideline) -> list[tuple[str, str, str]]:
    """What a version changes: (field, before, after) in words."""
    names = ("title", "text", "category", "markets", "products", "hints", "domains", "evidence", "examples", "risk", "source", "valid_until")
    pairs = [(name, getattr(older, name), getattr(newer, name)) for name in names]
    return [(name.replace("_", " "), _words(one), _words(two)) for name, one, two in pairs if one != two]


def _sound(wording: Wording, valid_from: datetime.date, valid_until: datetime.date | None, today: datetime.date) -> None:
    place = wording.code or "rule"
    if not wording.code.strip() or not wording.title.strip() or not wording.text.strip():
        raise Invalid("a rule has a code, a title and its text.", place=place, remedy="Fill in all three.")
    if valid_from < today:
        raise Invalid(f"{valid_from} has passed.", place=place, remedy="What was decided under the old version stands; give a day from today on.")
    if valid_until is not None and valid_until < valid_from:
        raise Invalid(f"it ends {valid_until}, before it begins.", place=place, remedy="Give a later last day.")
    unknown = set(wording.evidence) - set(Guideline.Evidence.values)
    if unknown:
        raise Invalid(f"there is no evidence {', '.join(sorted(unknown))}.", place=place, remedy=f"One of {', '.join(Guideline.Evidence.values)}.")
    strange = set(wording.products) - set(Product.objects.filter(code__in=wording.products).values_list("code", flat=True))
    if strange:
        raise Invalid(f"there is no product {', '.join(sorted(strange))}.", place=place, remedy="Name products by their codes.")
    if wording.risk not in Guideline.Risk.values:
        raise Invalid(f"{wording.risk} is no risk.", place=place, remedy="Low, medium or high.")


def _words(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(f"{'fine' if one['ok'] else 'not fine'}: {one['text']}" if isinstance(one, dict) else str(one) for one in value) or "none"
    return str(value) if value not in (None, "") else "none"

"""What a client wants, from asked to won or lost."""

import datetime
from decimal import Decimal

from makegood.accounts.models import Account
from makegood.core import activity, permissions, transitions, verbs
from makegood.core.errors import Invalid
from makegood.core.models import Person
from makegood.sales import wanting
from makegood.sales.models import Brief

EDITABLE = frozenset(
    {"name", "objective", "budget", "start", "end", "property", "kpi", "kpi_type", "kpi_target", "kpi_frequency", "basket", "audience", "targeting",
     "markets", "must_have", "excluded", "beside", "hiatus", "background", "probability_pct", "owner"}
)  # fmt: skip


@verbs.whole
def create(
    advertiser: Account, name: str, *, objective: str, budget: Decimal, start: datetime.date, end: datetime.date, by: Person,
    at: datetime.datetime, owner: Person | None = None, **facts: object,
) -> Brief:  # fmt: skip
    """Record what was asked. `facts`: agency, currency and any of EDITABLE. Raises Invalid at the fact that cannot be."""
    permissions.check(by, "sales.brief", advertiser)
    wanting.check({"objective": objective, "start": start, "end": end, **facts})
    brief = Brief.objects.create(
        advertiser=advertiser, name=name, objective=objective, budget=budget, start=start, end=end, owner=owner or by,
        received_at=at, **facts,
    )  # fmt: skip
    return transitions.start(brief, by=by, at=at)


def edit(brief: Brief, *, by: Person, at: datetime.datetime, why: str = "", **facts: object) -> Brief:
    """Change what is wanted (EDITABLE)."""
    permissions.check(by, "sales.brief", brief)
    strange = sorted(set(facts) - EDITABLE)
    if strange:
        raise Invalid(f"{', '.join(strange)} cannot be set here.", place=str(brief), remedy=f"Set {', '.join(sorted(EDITABLE))}.")
    wanting.check({field: facts.get(field, getattr(brief, field)) for field in EDITABLE})
    activity.change(brief, "brief.edited", by=by, at=at, why=why, **facts)
    return brief


def propose(brief: Brief, *, by: Person, at: datetime.datetime, why: str = "") -> Brief:
    """A proposal went out."""
    permissions.check(by, "sales.brief", brief)
    return transitions.move(brief, "proposed", by=by, at=at, why=why)


def win(brief: Brief, *, by: Person, at: datetime.datetime, why: str = "") -> Brief:
    """The client signed."""
    permissions.check(by, "sales.brief", brief)
    return transitions.move(brief, "won", by=by, at=at, why=why, probability_pct=100)


def lose(brief: Brief, *, by: Person, at: datetime.datetime, why: str) -> Brief:
    """It went elsewhere; the reason is counted."""
    permissions.check(by, "sales.brief", brief)
    if not why.strip():
        raise Invalid("a lost brief needs its reason.", place=str(brief), remedy="Say why in a sentence.")
    return transitions.move(brief, "lost", by=by, at=at, why=why, probability_pct=0)

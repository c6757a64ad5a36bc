"""Reads of briefs, plans and holds."""

import datetime
from collections.abc import Collection
from decimal import Decimal

from django.db.models import DecimalField, ExpressionWrapper, F, Q, QuerySet

from makegood.core.models import Person
from makegood.sales.models import Brief, Challenge, Hold, HoldPolicy, Plan

OBJECTIVES, KPIS = Brief.Objective.choices, Brief.Kpi.choices
HOLD_PRIORITIES = Hold.Priority.choices


def brief_list(actor: Person) -> QuerySet[Brief]:
    """Briefs for the grid with `weighted` (budget × probability); ours only."""
    weighted = ExpressionWrapper(F("budget") * F("probability_pct") / Decimal(100), DecimalField(max_digits=14, decimal_places=2))
    rows = Brief.objects.select_related("advertiser__party", "agency__party", "owner", "property").annotate(weighted=weighted)
    return rows.order_by("-received_at") if actor.is_staff_member else rows.none()


def plan_list(actor: Person) -> QuerySet[Plan]:
    """Plans with their brief and lines, the newest first; ours only."""
    rows = Plan.objects.select_related("brief__advertiser__party", "brief__agency__party", "brief__owner", "brief__property", "made_by")
    rows = rows.prefetch_related("lines__product__property").order_by("-made_at", "-pk")
    return rows if actor.is_staff_member else rows.none()


def hold_list(actor: Person) -> QuerySet[Hold]:
    """All holds, the soonest to lapse first; ours only."""
    rows = Hold.objects.select_related("product__property", "advertiser__party", "owner", "waits_for__advertiser__party").order_by("expires_at", "pk")
    return rows if actor.is_staff_member else rows.none()


def queue(head_ids: Collection[int]) -> dict[int, list[Hold]]:
    """{hold in force: those that wait for it, the second first}; one query."""
    found: dict[int, list[Hold]] = {}
    rows = Hold.objects.filter(waits_for__in=head_ids).select_related("advertiser__party", "owner", "product")
    for one in rows.order_by("waits_for", "place"):
        found.setdefault(one.waits_for_id or 0, []).append(one)
    return found


def challenges(hold_ids: Collection[int]) -> dict[int, Challenge]:
    """{hold: the challenge that is open against it}; one query."""
    rows = Challenge.objects.filter(hold__in=hold_ids, ended_at=None).select_related("challenger__advertiser__party", "by")
    return {one.hold_id: one for one in rows}


def passed_on(owners: Collection[int], since: datetime.datetime) -> QuerySet[Hold]:
    """Holds that took over since a moment from one of these owners or for one of them, with the one they came after."""
    rows = Hold.objects.filter(Q(owner__in=owners) | Q(took_over__owner__in=owners), took_over__isnull=False, held_at__gt=since)
    return rows.select_related("product", "advertiser__party", "owner", "took_over__advertiser__party", "took_over__owner").order_by("held_at", "pk")


def policy() -> HoldPolicy:
    """The seller's rules of holds, or those it was installed with."""
    return HoldPolicy.objects.first() or HoldPolicy()


def in_force(at: datetime.datetime) -> QuerySet[Hold]:
    """Holds that count at a moment; one whose time is over does not, whether or not it was marked."""
    rows = Hold.objects.filter(status="held", expires_at__gt=at)
    return rows.select_related("advertiser__party", "owner", "product").order_by("pk")

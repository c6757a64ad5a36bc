"""Reads of briefs, plans and holds."""

import datetime
from decimal import Decimal

from django.db.models import DecimalField, ExpressionWrapper, F, QuerySet

from makegood.core.models import Person
from makegood.sales.models import Brief, Hold, Plan

OBJECTIVES, KPIS = Brief.Objective.choices, Brief.Kpi.choices


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
    rows = Hold.objects.select_related("product__property", "advertiser__party", "owner").order_by("expires_at", "pk")
    return rows if actor.is_staff_member else rows.none()


def in_force(at: datetime.datetime) -> QuerySet[Hold]:
    """Holds that count at a moment; one whose time is over does not, whether or not it was marked."""
    rows = Hold.objects.filter(status="held", expires_at__gt=at)
    return rows.select_related("advertiser__party", "owner", "product").order_by("pk")

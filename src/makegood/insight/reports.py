"""Wrap-up reports as lists and pages show them."""

from django.db import models
from django.db.models import OuterRef, Subquery

from makegood.core import visibility
from makegood.core.models import Person
from makegood.insight.models import Report
from makegood.orders.models import Order

RAN = ("live", "completed", "closed", "cancelled")


def campaign_list(actor: Person) -> models.QuerySet[Order]:
    """Campaigns that run or ran, with when their latest report was made (`reported_at`) and what it said (`said`)."""
    latest = Report.objects.filter(order=OuterRef("pk")).order_by("-at")
    rows = Order.objects.filter(status__in=RAN).select_related("advertiser__party", "agency__party", "campaign_manager")
    rows = rows.annotate(reported_at=Subquery(latest.values("at")[:1]), said=Subquery(latest.values("data__headline")[:1]))
    return visibility.scoped(rows, actor, "advertiser_id", "agency_id")


def made(actor: Person, order: Order) -> list[Report]:
    """Reports made of one order with their files, the newest first."""
    rows = visibility.scoped(Report.objects.filter(order=order), actor, "order__advertiser_id", "order__agency_id")
    return list(rows.select_related("by").prefetch_related("files"))

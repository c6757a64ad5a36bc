"""Lists for the grid: orders, lines, flights."""

from django.db.models import Count, F, IntegerField, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce

from makegood.core import visibility
from makegood.core.models import Person
from makegood.orders.models import Flight, Line, Order, Revision, Signature


def visible_to(actor: Person) -> QuerySet[Order]:
    """Orders of which `actor`'s party is the advertiser or the agency; all for the seller's people."""
    return visibility.scoped(Order.objects.all(), actor, "advertiser_id", "agency_id")


def order_list(actor: Person) -> QuerySet[Order]:
    """Newest start first, with lines_count and frozen_at (when the current revision was submitted)."""
    revision = Revision.objects.filter(order=OuterRef("pk"), number=OuterRef("revision"))
    rows = visible_to(actor).select_related("advertiser__party", "agency__party", "account_manager", "campaign_manager", "trafficker")
    return rows.annotate(
        lines_count=_count(Line.objects.filter(order=OuterRef("pk")).exclude(status="cancelled"), "order"), frozen_at=Subquery(revision.values("at")[:1])
    ).order_by("-start", "-pk")


def line_list(actor: Person) -> QuerySet[Line]:
    """Lines with their order, advertiser and product, and flights_count."""
    rows = Line.objects.select_related("order__advertiser__party", "order__agency__party", "order__campaign_manager", "product__property")
    rows = visibility.scoped(rows, actor, "order__advertiser_id", "order__agency_id")
    return rows.annotate(flights_count=_count(Flight.objects.filter(line=OuterRef("pk")), "line"), currency=F("order__currency")).order_by("-start", "order_id", "number")


def flight_list(actor: Person) -> QuerySet[Flight]:
    """Flights with line, order and product."""
    rows = Flight.objects.select_related("line__order__advertiser__party", "line__product__property", "line__order__campaign_manager")
    rows = visibility.scoped(rows, actor, "line__order__advertiser_id", "line__order__agency_id")
    return rows.order_by("-start", "line_id", "number")


def papers(actor: Person, order_id: int) -> QuerySet[Revision]:
    """Revisions of an order that have a document, with their signatures, the newest first; as far as `actor` may see the order."""
    rows = Revision.objects.filter(order__in=visible_to(actor), order_id=order_id, document__isnull=False)
    return rows.prefetch_related(Prefetch("signatures", Signature.objects.order_by("pk"))).order_by("-number")


def _count(rows: QuerySet[Line] | QuerySet[Flight], of: str) -> Coalesce:
    """How many, as a subquery: a join would multiply the rows that a list adds up."""
    counted = rows.order_by().values(of).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)

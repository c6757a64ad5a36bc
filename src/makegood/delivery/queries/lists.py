"""Lists of orders and lines with how they stand against their promise, as last computed."""

from decimal import Decimal

from django.db.models import DecimalField, F, OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from makegood.core.models import Person
from makegood.delivery.models import Pace
from makegood.orders import queries as orders
from makegood.orders.models import Line, Order

WORST_FIRST = ("risk", "blocked", "watch", "ok")
_MONEY = DecimalField(max_digits=14, decimal_places=2)


def order_list(actor: Person) -> QuerySet[Order]:
    """Orders for the grid with `standing` (the worst state of a running line, or None) and `at_risk` (money)."""
    paces = Pace.objects.filter(line__order=OuterRef("pk"), line__status__in=("booked", "ready", "live", "paused"))
    risk = paces.order_by().values("line__order").annotate(total=Sum("at_risk")).values("total")
    standing = Coalesce(*(Subquery(paces.filter(state=state).values("state")[:1]) for state in WORST_FIRST))
    return orders.order_list(actor).annotate(
        standing=standing, at_risk=Coalesce(Subquery(risk, output_field=_MONEY), Value(Decimal(0)), output_field=_MONEY)
    )


def line_list(actor: Person) -> QuerySet[Line]:
    """Lines for the grid with their Pace (absent before booking) and `standing`, `delivered`, `projected`, `at_risk` of it."""
    return orders.line_list(actor).select_related("pace").annotate(
        standing=F("pace__state"), delivered=F("pace__delivered"), projected=F("pace__projected"), at_risk=F("pace__at_risk")
    )  # fmt: skip

"""Reads of core: histories, people, the seller, how many things wait."""

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.db.models import Count, Subquery, Value
from django.db.models.functions import Coalesce

from makegood.core import verbs, visibility
from makegood.core.models import Activity, Person, Seller, StoredFile


def history(actor: Person, root: models.Model, *, limit: int = 100) -> models.QuerySet[Activity]:
    """What happened to `root` and everything in it, newest first, as far as `actor` may see."""
    rows = Activity.objects.filter(root_type=root._meta.label_lower, root_id=root.pk).select_related("actor").order_by("-at", "-pk")
    return visibility.scoped(rows, actor, "party_id", client_only=models.Q(visible_to_client=True))[:limit]


def staff() -> models.QuerySet[Person]:
    """The seller's active people by name."""
    return Person.objects.filter(is_active=True, agent_for=None).exclude(roles__contains=["client"]).order_by("name")


def colleague(typed: str | None) -> Person | None:
    """The one of them whose id a form sent; None for anything else that was sent."""
    return staff().filter(pk=typed).first() if typed and typed.isdecimal() else None


def how_many(person: Person, waiting: Mapping[str, models.QuerySet[Any]]) -> dict[str, int]:
    """The number of rows under each key, all counted by one query."""
    counted = {key: Coalesce(Subquery(_count(rows)), 0) for key, rows in waiting.items()}
    return Person.objects.filter(pk=person.pk).values(**counted).get() if counted else {}


def _count(rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
    return rows.order_by().annotate(_all=Value(1)).values("_all").annotate(_n=Count("pk")).values("_n")


@verbs.once
def seller() -> Seller:
    """The seller of this installation."""
    return Seller.objects.get()


@verbs.once
def zone() -> str:
    """The time zone of the seller's days; UTC while there is no seller."""
    return Seller.objects.values_list("zone", flat=True).first() or "UTC"


def readable_file(actor: Person, file_id: int) -> StoredFile | None:
    """A stored file `actor` may read: any for the seller's people, the marked ones of their parties for a client."""
    rows = visibility.scoped(StoredFile.objects.all(), actor, "party_id", client_only=models.Q(visible_to_client=True))
    return rows.filter(pk=file_id).first()

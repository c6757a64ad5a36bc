"""Lists of creatives as far as an actor may see."""

from collections.abc import Collection

from django.db import models
from django.db.models import OuterRef, Q, QuerySet, Subquery

from makegood.accounts.models import Account, Brand
from makegood.core import visibility
from makegood.core.models import Person
from makegood.creatives.models import Creative, ExceptionRequest, Version


def creative_list(actor: Person) -> QuerySet[Creative]:
    """Creatives with their newest version as latest_id, latest_number, latest_status, latest_verdict, latest_at, latest_bytes."""
    latest = Version.objects.filter(creative=OuterRef("pk")).order_by("-number")
    rows = Creative.objects.select_related("advertiser__party", "brand").annotate(
        latest_id=Subquery(latest.values("pk")[:1]),
        latest_number=Subquery(latest.values("number")[:1]),
        latest_status=Subquery(latest.values("status")[:1]),
        latest_verdict=Subquery(latest.values("verdict")[:1]),
        latest_at=Subquery(latest.values("uploaded_at")[:1]),
        latest_bytes=Subquery(latest.values("file__size")[:1], output_field=models.BigIntegerField()),
    )
    return visibility.scoped(rows, actor, "advertiser_id")


def to_decide(actor: Person) -> QuerySet[Version]:
    """Versions that wait for a decision this person may take."""
    if not actor.has_role("reviewer", "lead"):
        return Version.objects.none()
    return Version.objects.filter(status="in_review").exclude(Q(uploaded_by=actor) | Q(uploaded_by__agent_for=actor))


def versions(actor: Person) -> QuerySet[Version]:
    """Single versions as far as an actor may see them."""
    rows = Version.objects.select_related("creative__advertiser__party", "file", "profile", "uploaded_by")
    return visibility.scoped(rows, actor, "creative__advertiser_id")


def excepted(actor: Person, request_ids: Collection[int]) -> dict[int, Version]:
    """{exception request: its version} as far as an actor may see them."""
    rows = ExceptionRequest.objects.filter(pk__in=request_ids).select_related("version__creative__advertiser__party")
    return {row.pk: row.version for row in visibility.scoped(rows, actor, "version__creative__advertiser_id")}


def advertisers(actor: Person) -> list[tuple[int, str]]:
    """Whom a creative may be uploaded for."""
    rows = visibility.scoped(
        Account.objects.filter(party__kind="advertiser").select_related("party"), actor, "party_id"
    )
    return [(account.pk, str(account)) for account in rows.order_by("party__name")]


def advertiser(actor: Person, account_id: int) -> Account:
    """An advertiser `actor` may upload for. Raises Account.DoesNotExist."""
    return visibility.scoped(Account.objects.select_related("party"), actor, "party_id").get(pk=account_id)


def brands(advertiser_id: int | None) -> list[Brand]:
    """Brands a creative of this advertiser may be for."""
    return list(Brand.objects.filter(advertiser=advertiser_id))

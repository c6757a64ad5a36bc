"""An order's documents: of each revision what was sent, signed and sealed, who was asked to sign, and who read what."""

import dataclasses
import datetime

from django.db.models import Prefetch

from makegood.core.models import Activity, Person
from makegood.orders import signing_links
from makegood.orders.models import IssuedFile, Order, Revision, Signature, SignatureRequest
from makegood.orders.queries.lists import visible_to

READ = "order.paper_read"


@dataclasses.dataclass(frozen=True)
class RevisionPapers:
    """One revision's documents. `before` is the number of the revision before it, 0 for the first; `awaited`: the client is to sign it."""

    number: int
    at: datetime.datetime
    by: str
    reason: str
    sha256: str
    current: bool
    awaited: bool
    frozen: bool
    before: int
    files: tuple[IssuedFile, ...]
    requests: tuple[tuple[SignatureRequest, str], ...]
    """Each with where it stands: "open", or why nobody can sign by it."""
    signatures: tuple[Signature, ...]


@dataclasses.dataclass(frozen=True)
class Reading:
    """Somebody took a copy."""

    at: datetime.datetime
    who: str
    what: str


@dataclasses.dataclass(frozen=True)
class OrderPapers:
    """Everything on paper of one order, the newest revision first."""

    order: Order
    revisions: tuple[RevisionPapers, ...]
    readings: tuple[Reading, ...]


def documents(actor: Person, order_id: int, *, at: datetime.datetime) -> OrderPapers:
    """The order's documents; Order.DoesNotExist when there is none that `actor` may see."""
    asked = SignatureRequest.objects.select_related("by").order_by("-at", "-pk")
    rows = Revision.objects.select_related("by", "paper").prefetch_related(
        Prefetch("issued", IssuedFile.objects.select_related("file").order_by("pk")), Prefetch("requests", asked),
        Prefetch("signatures", Signature.objects.order_by("pk")), "changes",
    )  # fmt: skip
    people = ("advertiser__party", "agency__party", "account_manager", "campaign_manager")
    order = visible_to(actor).select_related(*people).prefetch_related(Prefetch("revisions", rows.order_by("-number"))).get(pk=order_id)
    found = list(order.revisions.all())
    before = [*(one.number for one in found[1:]), 0]
    told = tuple(_revision(one, order, earlier, at) for one, earlier in zip(found, before, strict=False))
    return OrderPapers(order, told, _readings(order) if actor.is_staff_member else ())


def revision(actor: Person, order_id: int, number: int) -> Revision:
    """A frozen revision with its order and paper; Revision.DoesNotExist when `actor` may see none of that number."""
    people = ("order__advertiser__party", "order__agency__party", "order__account_manager", "document", "paper")
    return Revision.objects.filter(order__in=visible_to(actor)).select_related(*people).get(order_id=order_id, number=number)


def _revision(one: Revision, order: Order, before: int, at: datetime.datetime) -> RevisionPapers:
    signed = any(mark.side == "client" for mark in one.signatures.all())
    awaited = one.number >= order.revision and not signed and signing_links.awaited(one)
    return RevisionPapers(
        one.number, one.at, one.by.name if one.by else "", one.reason, one.sha256, one.number == order.revision, awaited, hasattr(one, "paper"), before,
        tuple(one.issued.all()), tuple((asked, signing_links.standing(asked, at)) for asked in one.requests.all()), tuple(one.signatures.all()),
    )  # fmt: skip


def _readings(order: Order, limit: int = 20) -> tuple[Reading, ...]:
    rows = Activity.objects.filter(root_type="orders.order", root_id=order.pk, verb=READ).select_related("actor").order_by("-at", "-pk")[:limit]
    return tuple(Reading(row.at, row.actor.name if row.actor else row.after.get("who", ""), row.why) for row in rows)

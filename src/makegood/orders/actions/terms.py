"""The client's own terms come in: read, held against our paper, kept with what differs. A submitted order is a draft again by it."""

import datetime
import hashlib
import pathlib
from collections.abc import Iterable

from makegood.core import activity, files, permissions, verbs
from makegood.core.errors import Invalid
from makegood.core.models import Person
from makegood.core.queries import seller
from makegood.documents import terms
from makegood.documents.orders.messages import UnreadableDocument
from makegood.orders import papers
from makegood.orders.actions import revising
from makegood.orders.models import Order, OrderTerms

LIMIT = 20 * 1024 * 1024


@verbs.whole
def receive(order: Order, source: pathlib.Path | Iterable[bytes], *, name: str, by: Person | None, at: datetime.datetime) -> OrderTerms:
    """Compare a document of terms (PDF, DOCX, text) with our paper and keep both. The same text again gives what is there.

    Raises Invalid, naming place and remedy, when it cannot be read; then nothing is kept.
    """
    permissions.check(by, "orders.draft", order)
    clauses, policy = _our_paper(order, at), terms.standard()
    with files.on_disk(source, name, limit=LIMIT) as path:
        try:
            text = terms.read(path)
        except UnreadableDocument as error:
            raise Invalid(f"{error.reason}.", place=name, remedy=f"{error.remedy.capitalize()}.") from error
        digest = hashlib.sha256(text.encode()).hexdigest()
        known = order.terms.first()
        if known and known.text_sha256 == digest:
            return known
        stored = files.store_bytes(path.read_bytes(), name=name, media_type=_media(path), by=by, at=at, party=order.advertiser_id)
    revising.reopen(order, by=by, at=at, why=f"terms were received: {name}")
    compared = terms.compare(clauses, terms.split(text), policy).to_json()
    made = OrderTerms.objects.create(order=order, file=stored, text_sha256=digest, compared=compared, by=by, at=at)
    differing = sum(bool(one["points"]) for one in compared["clauses"])
    activity.record(order, "order.terms_received", by=by, at=at, after={"file": stored.name, "differing": differing, "points": compared["points"]})
    return made


@verbs.whole
def ours(order: Order, *, why: str, by: Person | None, at: datetime.datetime) -> OrderTerms:
    """The client agrees to our paper after all: the terms received before count no more."""
    permissions.check(by, "orders.draft", order)
    if not why.strip():
        raise Invalid("say who agreed to it.", place=str(order), remedy="Name the person and the day.")
    if order.terms.first() is None:
        raise Invalid("it stands on our paper already.", place=str(order), remedy="Nothing is to be done.")
    revising.reopen(order, by=by, at=at, why="our paper was agreed on")
    made = OrderTerms.objects.create(order=order, compared={"version": terms.standard().version, "points": 0, "clauses": []}, why=why.strip()[:200], by=by, at=at)
    activity.record(order, "order.terms_ours", by=by, at=at, why=why)
    return made


def _our_paper(order: Order, at: datetime.datetime) -> tuple[terms.Clause, ...]:
    """The clauses that would stand on this order's paper today; as shipped where the seller has published none."""
    versions = papers.in_force(order, kind="order", on=at.date()) or papers.shipped(order, kind="order")
    paper = papers.document(order, seller(), number=order.revision, at=at, versions=versions)
    return tuple(terms.Clause(one.key, one.title, one.text) for one in paper.clauses)


def _media(path: pathlib.Path) -> str:
    with path.open("rb") as stream:
        head = stream.read(5)
    if head.startswith(b"%PDF"):
        return "application/pdf"
    return "application/vnd.openxmlformats-officedocument.wordprocessingml.document" if head.startswith(b"PK") else "text/plain"

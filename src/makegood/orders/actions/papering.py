"""Making an order's papers: frozen with the revision, sent as they stand, sealed when both have signed."""

import dataclasses
import datetime

from makegood.catalog.models import ClauseVersion
from makegood.core import activity, files, permissions, verbs
from makegood.core.errors import Invalid
from makegood.core.models import Person, StoredFile
from makegood.core.queries import seller
from makegood.documents import papers as written
from makegood.documents.papers import language
from makegood.orders import papers
from makegood.orders.models import IssuedFile, Order, PaperLanguage, Revision, RevisionPaper
from makegood.orders.queries import documents


@dataclasses.dataclass(frozen=True)
class Drawn:
    """A paper as the records say it, not yet kept, and the clause versions it is made of."""

    document: written.OrderDocument
    versions: tuple[ClauseVersion, ...]


def drawn(order: Order, *, number: int, at: datetime.datetime) -> Drawn:
    """The paper of the order as it stands, as revision `number`. Stores nothing."""
    versions = papers.in_force(order, kind="order", on=at.date())
    return Drawn(papers.document(order, seller(), number=number, at=at, versions=versions), tuple(versions))


@verbs.whole
def freeze(revision: Revision, paper: Drawn, *, by: Person | None, at: datetime.datetime) -> IssuedFile:
    """Keep for ever what the revision's paper says, and store it as PDF for the client to read and sign."""
    RevisionPaper.objects.create(revision=revision, content=papers.content(paper.document), clauses=[one.pk for one in paper.versions], at=at)
    return issue(revision, IssuedFile.Kind.SENT, written.pdf(papers.frozen(revision)), by=by, at=at)


def kept(revision: Revision, *, at: datetime.datetime) -> RevisionPaper:
    """The revision's paper; of one frozen before papers were kept, as its order stands, without clauses: so it was shown."""
    found = RevisionPaper.objects.filter(revision=revision).first()
    if found is None:
        doc = papers.document(revision.order, seller(), number=revision.number, at=revision.at, versions=())
        found = RevisionPaper.objects.create(revision=revision, content=papers.content(doc), at=at)
    return found


def issue(revision: Revision, kind: str, content: bytes, *, by: Person | None, at: datetime.datetime) -> IssuedFile:
    """Store the bytes as the revision's newest document, for the client to read."""
    file = _stored(revision, "" if kind == IssuedFile.Kind.SENT else "-signed", content, by, at)
    Revision.objects.filter(pk=revision.pk).update(document=file)
    revision.document = file
    return IssuedFile.objects.create(revision=revision, kind=kind, file=file, by=by, at=at)


@verbs.whole
def choose_language(order: Order, code: str, *, by: Person | None, at: datetime.datetime) -> None:
    """The language of the order's papers from the next revision on."""
    permissions.check(by, "orders.draft", order)
    if code not in language.LANGUAGES:
        raise Invalid(f"papers are not written in {code!r}.", place="language", remedy=f"Use one of {', '.join(language.LANGUAGES)}.")
    before = papers.language_of(order)
    if before != code:
        PaperLanguage.objects.update_or_create(order=order, defaults={"language": code})
        activity.record(order, "order.paper_language", by=by, at=at, before={"language": before}, after={"language": code})


def _stored(revision: Revision, mark: str, content: bytes, by: Person | None, at: datetime.datetime) -> StoredFile:
    order = revision.order
    return files.store_bytes(
        content, name=f"{order.number}-r{revision.number}{mark}.pdf", media_type="application/pdf", by=by, at=at, party=order.advertiser_id, visible_to_client=True
    )


def read(order: Order, what: str, *, by: Person | None, at: datetime.datetime, who: str = "", ip: str | None = None) -> None:
    """Log that somebody took a copy of a paper: `who` names the holder of a link, who has no sign-in."""
    activity.record(order, documents.READ, by=by, at=at, why=what, after={"who": who, "ip": ip or ""}, side="client" if who else None)

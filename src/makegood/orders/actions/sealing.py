"""The paper both sides signed: with the record of signing and its evidence inside, sealed so that a changed byte shows."""

import dataclasses
import datetime
import pathlib
from collections.abc import Sequence

from django.conf import settings

from makegood.core.models import Person, Seller
from makegood.core.queries import seller
from makegood.documents import approvals, seals
from makegood.documents import papers as written
from makegood.orders import papers, record_of_signing
from makegood.orders.actions import papering
from makegood.orders.models import IssuedFile, Revision, Signature


def identity(*, at: datetime.datetime) -> seals.Identity:
    """The seal of this installation, beside the approvals' key; made at the first call."""
    return seals.read_or_make(pathlib.Path(settings.APPROVALS_KEY_FILE).with_name("papers-seal.pem"), name=seller().name, at=at)


def made_ready(*, at: datetime.datetime) -> None:
    """Make the seal at set-up, so that the first signature finds it; not before there is a seller to name in it."""
    if Seller.objects.exists():
        identity(at=at)


def public_key() -> str:
    """The key others check our papers with: the one of the chain of approvals."""
    return approvals.read_or_make(pathlib.Path(settings.APPROVALS_KEY_FILE)).public


def seal(revision: Revision, signatures: Sequence[Signature], *, by: Person | None, at: datetime.datetime) -> IssuedFile:
    """Store the signed and sealed PDF as the revision's document. Call inside the transaction of the last signature."""
    order, mark = revision.order, identity(at=at)
    papering.kept(revision, at=at)
    events, hashes = record_of_signing.happenings(revision, signatures), record_of_signing.hashes(revision, signatures)
    doc = dataclasses.replace(papers.frozen(revision, signatures), audit=events, hashes=hashes)
    key = approvals.read_or_make(pathlib.Path(settings.APPROVALS_KEY_FILE))
    attached = seals.attested(record_of_signing.evidence(revision, doc), key, certificate_sha256=mark.fingerprint)
    content = written.pdf(doc, attached={seals.NAME: attached})
    reason = f"{order.number}, revision {revision.number}, signed by both sides"
    return papering.issue(revision, IssuedFile.Kind.SEALED, seals.seal(content, mark, name=seller().name, reason=reason, at=at), by=by, at=at)

"""What happened to a revision on its way to both signatures: for the audit page and the evidence inside the sealed PDF. Reads only."""

import datetime
from collections.abc import Sequence
from typing import Any

from makegood.core.models import Activity
from makegood.documents import approvals, papers
from makegood.orders.models import IssuedFile, Revision, Signature

SAID = {
    "signing.created": "Sent to sign", "signing.opened": "Opened with the code from the mail", "signing.reminded": "Reminded",
    "signing.code_sent": "Code sent", "signing.withdrawn": "Link taken back", "signing.expired": "Link expired",
}  # fmt: skip


def happenings(revision: Revision, signatures: Sequence[Signature]) -> tuple[papers.Happening, ...]:
    """In order of time: frozen, sent, opened, signed."""
    found = [papers.Happening(at=_utc(revision.at), what=f"Revision {revision.number} frozen", who=revision.by.name if revision.by else "")]
    asked = {one.pk: one for one in revision.requests.all()}
    rows = Activity.objects.filter(subject_type="orders.signaturerequest", subject_id__in=asked, verb__in=SAID).select_related("actor")
    for row in rows:
        who = row.actor.name if row.actor else asked[row.subject_id].name if row.verb == "signing.opened" else ""
        found.append(papers.Happening(at=_utc(row.at), what=SAID[row.verb], who=who, where=row.why))
    for one in signatures:
        who = f"{one.name}{f', {one.title}' if one.title else ''}"
        found.append(papers.Happening(at=_utc(one.at), what=f"Signed for the {one.side}", who=who, where=" ".join(filter(None, (one.ip, one.user_agent)))))
    return tuple(sorted(found, key=lambda one: one.at))


def hashes(revision: Revision, signatures: Sequence[Signature]) -> tuple[tuple[str, str], ...]:
    """What was signed, by its SHA-256."""
    shown = IssuedFile.objects.filter(revision=revision, kind=IssuedFile.Kind.SENT).values_list("file__sha256", flat=True).first()
    found = [(f"Terms and lines of revision {revision.number}", revision.sha256), ("The paper as data, with its clauses", approvals.body_sha256(revision.paper.content))]
    return tuple(found + ([("The PDF shown to both sides", shown)] if shown else []))


def evidence(revision: Revision, doc: papers.OrderDocument) -> dict[str, Any]:
    """The same for machines, with the order itself: text, whole numbers, lists and tables only."""
    return {
        "order": revision.order.number, "revision": revision.number, "snapshot": revision.snapshot, "snapshot_sha256": revision.sha256,
        "signatures": [
            {"party": one.party, "name": one.name, "title": one.title, "at": one.signed_at.isoformat() if one.signed_at else "", "sha256": one.sha256,
             "document_sha256": one.document_sha256}
            for one in doc.signatures
        ],
        "events": [{"at": one.at.isoformat(), "what": one.what, "who": one.who, "where": one.where} for one in doc.audit],
        "hashes": [list(pair) for pair in doc.hashes],
        "clauses": [{"key": one.key, "version": one.version, "title": one.title} for one in doc.clauses],
    }  # fmt: skip


def _utc(at: datetime.datetime) -> datetime.datetime:
    return at.astimezone(datetime.UTC)

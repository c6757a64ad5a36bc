"""Reading the chain of approvals: is it whole, its signed head, one decision as a file that verifies without us."""

import datetime
import pathlib
from typing import Any

from django.conf import settings
from django.db import models

from makegood.core.activity import label
from makegood.core.errors import Refused
from makegood.documents import approvals
from makegood.work.actions.sealing import link
from makegood.work.models import Seal


def faults() -> list[str]:
    """What is wrong in the chain as stored, empty when nothing: links, and bodies that are not what was sealed."""
    rows = list(Seal.objects.order_by("number"))
    wrong = approvals.faults([link(row) for row in rows])
    if rows and rows[0].number != 1:
        wrong.append(f"the chain begins at number {rows[0].number}")
    return wrong + [f"the body of number {row.number} was altered" for row in rows if approvals.body_sha256(row.body) != row.body_sha256]


def head(*, at: datetime.datetime) -> dict[str, Any]:
    """The newest link, signed with this installation's key: kept elsewhere, nothing before it can be written anew unseen."""
    last = Seal.objects.order_by("-number").first()
    if last is None:
        raise Refused("nothing was approved yet.", place="approvals", remedy="The chain begins with the first decision.")
    return _signed(last, at)


def export(subject: models.Model, *, at: datetime.datetime) -> dict[str, Any]:
    """The newest sealed decision about `subject` with every link up to the head. Other decisions are named by hash only."""
    own = Seal.objects.filter(subject_type=label(subject), subject_id=subject.pk).order_by("-number").first()
    if own is None:
        raise Refused("no decision about it was sealed.", place=str(subject), remedy="Export it when it is decided.")
    rows = list(Seal.objects.filter(number__gte=own.number).order_by("number").defer("body"))
    links = [{name: getattr(one, name) for name in ("number", "previous", "body_sha256", "at", "sha256")} for one in map(link, rows)]
    return {"format": approvals.FORMAT, "approval": own.body, "chain": links, "head": _signed(rows[-1], at)}


def _signed(last: Seal, at: datetime.datetime) -> dict[str, Any]:
    key = approvals.read_or_make(pathlib.Path(settings.APPROVALS_KEY_FILE))
    made = {"format": approvals.HEAD_FORMAT, "number": last.number, "sha256": last.sha256, "at": at.astimezone(datetime.UTC).isoformat()}
    return made | {"public_key": key.public, "signature": key.sign(approvals.head_message(made))}

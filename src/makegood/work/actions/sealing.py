"""Sealing a decision into the chain of approvals."""

import datetime
from typing import Any

from django.db import models

from makegood.core import numbers
from makegood.core.activity import label
from makegood.documents import approvals
from makegood.work.models import Seal


def seal(subject: models.Model, body: dict[str, Any], *, at: datetime.datetime) -> Seal:
    """Append `body` (text, whole numbers, lists and tables) about `subject`, inside the decision's own transaction.

    The number is taken under a lock to the end of the transaction: one decision is sealed after another.
    """
    number = numbers.take("seal")
    last = Seal.objects.filter(number=number - 1).first()
    found = approvals.following(link(last) if last else None, body, at.astimezone(datetime.UTC).isoformat())
    return Seal.objects.create(
        number=found.number, previous=found.previous, body_sha256=found.body_sha256, sha256=found.sha256, at=at, body=body, subject_type=label(subject),
        subject_id=subject.pk,
    )  # fmt: skip


def link(row: Seal) -> approvals.Link:
    """A row as a link of the chain."""
    return approvals.Link(row.number, row.previous, row.body_sha256, row.at.astimezone(datetime.UTC).isoformat(), row.sha256)

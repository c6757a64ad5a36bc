"""Notices to one person: what is unread, and reading it. Writing notices belongs to whoever causes them."""

import datetime

from django.db import models

from makegood.core.models import Notification, Person


def latest(person: Person, limit: int = 12) -> models.QuerySet[Notification]:
    """The newest notices of `person`, unread first."""
    rows = Notification.objects.filter(person=person).select_related("activity", "activity__actor")
    return rows.order_by(models.F("read_at").desc(nulls_first=True), "-activity__at")[:limit]


def unread(person: Person) -> models.QuerySet[Notification]:
    """The notices `person` has not read."""
    return Notification.objects.filter(person=person, read_at=None)


def read_all(person: Person, at: datetime.datetime) -> int:
    """Mark everything read; returns how many were not."""
    return unread(person).update(read_at=at)


def read_one(notice: Notification, at: datetime.datetime) -> None:
    """Mark one notice read."""
    Notification.objects.filter(pk=notice.pk, read_at=None).update(read_at=at)

"""Comments and mentions."""

import datetime
import re

from django.db import models

from makegood.core import activity, permissions, verbs, visibility
from makegood.core.errors import Invalid, NotAllowed
from makegood.core.models import Membership, Notification, Party, Person
from makegood.work.models import Comment
from makegood.work.models.subject import about

_MENTION = re.compile(r"@([\w.-]+)")


@verbs.whole
def add(subject: models.Model, text: str, *, by: Person, at: datetime.datetime, visible_to_client: bool = False) -> Comment:
    """Write on a record. A client's words are visible to the client; @first.last mentions notify at once."""
    permissions.check(by, "work.comments.add", subject)
    fields = about(subject)
    if by.is_client and not visibility.scoped(Party.objects.filter(pk=fields["party_id"]), by, "pk").exists():
        raise NotAllowed("this record belongs to another client.", place=str(subject))
    if not text.strip():
        raise Invalid("there is nothing to say.", place="text", remedy="Write something.")
    shown = visible_to_client or by.is_client
    comment = Comment.objects.create(by=by, at=at, text=text.strip(), visible_to_client=shown, **fields)
    comment.mentions.set(_mentioned(text, shown, fields["party_id"]))
    said = activity.record(subject, "comment.added", by=by, at=at, why=text.strip()[:500], visible_to_client=shown)
    for person in comment.mentions.exclude(pk=by.pk):
        Notification.objects.create(person=person, activity=said, urgency=Notification.Urgency.NOW)
    return comment


def _mentioned(text: str, shown: bool, party_id: int | None) -> list[Person]:
    """People named by the first part of their address; clients only where they can read it."""
    handles = {name.lower() for name in _MENTION.findall(text)}
    found = [person for person in Person.objects.filter(is_active=True) if person.email.split("@")[0] in handles]
    members = set(Membership.objects.filter(party_id=party_id).values_list("person_id", flat=True))
    return [person for person in found if person.is_staff_member or (shown and person.pk in members)]

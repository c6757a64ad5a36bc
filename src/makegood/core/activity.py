"""Writing the activity log and changing records through it. Status changes live in transitions."""

import datetime
from typing import Any

from django.db import models

from makegood.core import verbs
from makegood.core.models import Activity, Party, Person


def label(record: models.Model) -> str:
    """The subject type as stored: app.model."""
    return record._meta.label_lower


def record(
    subject: models.Model, verb: str, *, by: Person | None, at: datetime.datetime, why: str = "",
    before: dict[str, Any] | None = None, after: dict[str, Any] | None = None,
    visible_to_client: bool = False, side: str | None = None,
) -> Activity:  # fmt: skip
    """Append one activity about `subject`. The subject tells its root and party by `activity_root()` and `activity_party()`."""
    made = entry(subject, verb, by=by, at=at, why=why, before=before, after=after, visible_to_client=visible_to_client, side=side)
    made.save(force_insert=True)
    return made


def entry(
    subject: models.Model, verb: str, *, by: Person | None, at: datetime.datetime, why: str = "",
    before: dict[str, Any] | None = None, after: dict[str, Any] | None = None,
    visible_to_client: bool = False, side: str | None = None,
) -> Activity:  # fmt: skip
    """The activity as `record` would append it, not saved yet: a verb about many records saves all of theirs at once."""
    root = subject.activity_root() if hasattr(subject, "activity_root") else subject
    return Activity(
        at=at, verb=verb, actor=by, subject_type=label(subject), subject_id=subject.pk,
        subject_label=str(subject)[:200], root_type=label(root), root_id=root.pk, party_id=_party_id(subject, root),
        side=side or _side(by), why=why, before=before or {}, after=after or {}, visible_to_client=visible_to_client,
    )  # fmt: skip


@verbs.whole
def change(
    subject: models.Model, verb: str, *, by: Person | None, at: datetime.datetime, why: str = "",
    visible_to_client: bool = False, **fields: Any,
) -> Activity | None:  # fmt: skip
    """Set `fields` on the locked row and log what differed; None when nothing did.

    Never for status fields: those move through transitions.move.
    """
    current = type(subject)._base_manager.select_for_update().get(pk=subject.pk)
    differing = {name: value for name, value in fields.items() if getattr(current, name) != value}
    if not differing:
        return None
    before = {name: plain(getattr(current, name)) for name in differing}
    type(subject)._base_manager.filter(pk=subject.pk).update(**differing)
    for name, value in differing.items():
        setattr(subject, name, value)
    after = {name: plain(value) for name, value in differing.items()}
    return record(subject, verb, by=by, at=at, why=why, before=before, after=after, visible_to_client=visible_to_client)


def plain(value: Any) -> Any:
    """A value as the log stores it: records by their name, the rest as JSON takes it."""
    return str(value) if isinstance(value, models.Model) else value


def _party_id(subject: models.Model, root: models.Model) -> int | None:
    for candidate in (subject, root):
        if hasattr(candidate, "activity_party"):
            party: Party | int | None = candidate.activity_party()
            return party.pk if isinstance(party, models.Model) else party
    return None


def _side(by: Person | None) -> str:
    if by is None:
        return Activity.Side.MACHINE
    return Activity.Side.CLIENT if by.is_client else Activity.Side.US

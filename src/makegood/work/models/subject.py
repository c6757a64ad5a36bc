"""What a piece of work is about: any record, named by type and id, with the campaign it belongs to."""

from typing import Any

from django.db import models

from makegood.core.activity import label
from makegood.core.models import Party
from makegood.core.roots import RootName


class About(models.Model):
    """Subject, root and party of a piece of work. Downstream records are named, never referenced by key."""

    subject_type = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    subject_label = models.CharField(max_length=200, blank=True)
    root_type = models.CharField(max_length=40)
    root_id = models.BigIntegerField()
    root_label = models.CharField(max_length=200, blank=True)
    party = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        abstract = True

    def activity_party(self) -> int | None:
        """The client it concerns."""
        return self.party_id

    def activity_root(self) -> RootName:
        """The campaign (or other whole) in whose history it appears."""
        return RootName(self.root_type, self.root_id)


def about(subject: models.Model) -> dict[str, Any]:
    """The fields of About for `subject`."""
    root = subject.activity_root() if hasattr(subject, "activity_root") else subject
    party = subject.activity_party() if hasattr(subject, "activity_party") else None
    return {
        "subject_type": label(subject), "subject_id": subject.pk, "subject_label": str(subject)[:200],
        "root_type": root._meta.label_lower, "root_id": root.pk,
        "root_label": str(root)[:200] if isinstance(root, models.Model) else "",
        "party_id": getattr(party, "pk", party),
    }  # fmt: skip

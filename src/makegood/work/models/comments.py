"""Comments on any record: internal unless marked for the client."""

from django.db import models

from makegood.core.models import Person
from makegood.work.models.subject import About


class Comment(About):
    """One note on a record."""

    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    text = models.TextField()
    visible_to_client = models.BooleanField(default=False)
    mentions = models.ManyToManyField(Person, related_name="mentioned_in", blank=True)

    class Meta:
        indexes = [models.Index(fields=["root_type", "root_id", "-at"], name="comment_root")]

    def __str__(self) -> str:
        return self.text[:80]

"""What was answered to a write that names itself, so that the same write sent twice has one effect and one answer."""

from django.db import models

from makegood.core.models.people import Person


class KeptReply(models.Model):
    """The answer to one keyed write of one person, or of whoever holds a link. The row is claimed before the write and committed with its effect."""

    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+")
    link = models.CharField(max_length=64, blank=True, help_text="sha256 of the link's token, where nobody is signed in")
    key = models.CharField(max_length=100)
    asked = models.CharField(max_length=64, help_text="sha256 of method, address and body")
    status = models.PositiveSmallIntegerField(default=0)
    headers = models.JSONField(default=dict)
    body = models.BinaryField(null=True, default=b"", help_text="null when it was too large to keep")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "key"], name="reply_kept_once"),
            models.UniqueConstraint(fields=["link", "key"], condition=models.Q(person=None), name="reply_by_link_kept_once"),
            models.CheckConstraint(condition=models.Q(person=None) ^ models.Q(link=""), name="reply_of_one"),
        ]
        indexes = [models.Index(fields=["at"], name="reply_at")]

    def __str__(self) -> str:
        return f"{self.key}: {self.status}"

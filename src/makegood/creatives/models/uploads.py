"""Files on their way in: sent in pieces, resumed where they stopped, taken as versions once they are whole."""

from django.db import models

from makegood.accounts.models import Account
from makegood.core.models import Person
from makegood.creatives.models.creatives import Version


class Upload(models.Model):
    """One file being sent. `received` bytes lie under FILES_FOLDER/.uploads by `token`; `shape` is known once it is whole."""

    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    advertiser = models.ForeignKey(Account, models.PROTECT, related_name="+")
    root_type = models.CharField(max_length=40, blank=True)
    root_id = models.BigIntegerField(null=True, blank=True)
    name = models.CharField(max_length=255)
    size = models.BigIntegerField()
    received = models.BigIntegerField(default=0)
    token = models.CharField(max_length=32, unique=True)
    shape = models.JSONField(null=True)
    refusal = models.TextField(blank=True)
    version = models.ForeignKey(Version, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(received__gte=0, received__lte=models.F("size")), name="upload_received"),
            models.UniqueConstraint(
                fields=["by", "advertiser", "root_type", "root_id", "name", "size"], condition=models.Q(version=None), nulls_distinct=False, name="upload_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def activity_party(self) -> int:
        """The advertiser."""
        return self.advertiser_id

    @property
    def whole(self) -> bool:
        """Whether every byte is here."""
        return self.received == self.size

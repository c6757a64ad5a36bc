"""Files as records: content addressed by hash, stored once."""

import pathlib

from django.conf import settings
from django.db import models

from makegood.core.models.parties import Party
from makegood.core.models.people import Person


class StoredFile(models.Model):
    """A file as it was received or made. The bytes lie under FILES_FOLDER by their hash and never change."""

    sha256 = models.CharField(max_length=64, db_index=True)
    name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=100)
    size = models.BigIntegerField()
    party = models.ForeignKey(Party, models.PROTECT, null=True, related_name="+")
    visible_to_client = models.BooleanField(default=False)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(size__gte=0), name="file_size")]

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> pathlib.Path:
        """Where the bytes are."""
        return pathlib.Path(settings.FILES_FOLDER) / self.sha256[:2] / self.sha256

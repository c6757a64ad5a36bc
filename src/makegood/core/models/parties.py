"""The outside organisations records belong to. Visibility between competing clients is decided on these."""

from django.db import models

from makegood.core.models.people import Person


class Party(models.Model):
    """An advertiser, an agency or a partner; accounts.Account holds what the trade knows about it."""

    class Kind(models.TextChoices):
        """What the organisation is to us."""

        ADVERTISER = "advertiser", "Advertiser"
        AGENCY = "agency", "Agency"
        PARTNER = "partner", "Partner"

    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=12, choices=Kind.choices)

    class Meta:
        verbose_name_plural = "parties"

    def __str__(self) -> str:
        return self.name

    def activity_party(self) -> int:
        """Itself."""
        return self.pk


class Membership(models.Model):
    """A client contact's belonging to a party: what lets that person see the party's records."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="memberships")
    party = models.ForeignKey(Party, models.CASCADE, related_name="memberships")
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "party"], name="membership_once")]

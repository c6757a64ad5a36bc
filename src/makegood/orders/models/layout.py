"""Layouts of documents learnt from corrections: one row a version; a newer one or a person's word puts the old out of use."""

from django.db import models

from makegood.accounts.models import Account
from makegood.core.models import Person
from makegood.orders.models.imports import OrderImport


class Layout(models.Model):
    """How one agency (or a direct advertiser) writes its orders: `fixed` texts by which it is known again, `rules` for fields and columns."""

    account = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+", help_text="the agency, or the advertiser where there is none")
    version = models.PositiveSmallIntegerField(default=1)
    fixed = models.JSONField()
    rules = models.JSONField()
    learnt_from = models.ForeignKey(OrderImport, models.PROTECT, related_name="layouts")
    replaces = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    forgotten_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(version__gte=1), name="layout_version")]

    def __str__(self) -> str:
        return f"layout {self.pk} of {self.account or 'nobody named'}, version {self.version}"

"""What is done about a shortfall: recommended changes and make-goods."""

from django.db import models

from makegood.core.models import Person
from makegood.delivery import states
from makegood.orders.models import Line, Order


class Recommendation(models.Model):
    """A change to a running line with its predicted effect; measured again after it was applied."""

    machine = states.RECOMMENDATION
    line = models.ForeignKey(Line, models.PROTECT, related_name="recommendations")
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=160)
    change = models.JSONField()
    predicted = models.BigIntegerField(help_text="impressions gained by the end of the flight")
    predicted_low = models.BigIntegerField()
    predicted_high = models.BigIntegerField()
    status = models.CharField(max_length=10, choices=states.RecommendationStatus.choices, default=states.RecommendationStatus.PROPOSED)
    made_at = models.DateTimeField()
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        triggers = [states.RECOMMENDATION.trigger()]

    def __str__(self) -> str:
        return self.title

    def activity_root(self) -> Order:
        """The order."""
        return self.line.order

    def activity_party(self) -> int:
        """The advertiser."""
        return self.line.order.advertiser_id


class MakeGood(models.Model):
    """Delivery offered for what was missed, linked to the line that missed it and the line that delivers it."""

    machine = states.MAKEGOOD
    line = models.ForeignKey(Line, models.PROTECT, related_name="make_goods")
    made_good_by = models.OneToOneField(Line, models.PROTECT, null=True, blank=True, related_name="makes_good")
    missed = models.BigIntegerField()
    offered = models.BigIntegerField()
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    reason = models.CharField(max_length=200)
    status = models.CharField(max_length=10, choices=states.MakeGoodStatus.choices, default=states.MakeGoodStatus.PROPOSED)
    at = models.DateTimeField()

    class Meta:
        triggers = [states.MAKEGOOD.trigger()]
        constraints = [models.CheckConstraint(condition=models.Q(offered__gte=models.F("missed")), name="made_good_in_full")]

    def activity_root(self) -> Order:
        """The order."""
        return self.line.order

    def activity_party(self) -> int:
        """The advertiser."""
        return self.line.order.advertiser_id

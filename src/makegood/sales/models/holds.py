"""Inventory kept for a client, the queue behind it, and the rules of both as data."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from makegood.accounts.models import Account
from makegood.catalog.models import Product
from makegood.core.models import Person
from makegood.sales import states
from makegood.sales.models.briefs import Brief

HEAD = pgtrigger.Trigger(
    name="waits_for_one_in_force", level=pgtrigger.Row, when=pgtrigger.After, operation=pgtrigger.Insert | pgtrigger.Update, timing=pgtrigger.Deferred,
    func="""
        IF EXISTS (SELECT 1 FROM sales_hold AS queued JOIN sales_hold AS head ON head.id = queued.waits_for_id
                   WHERE queued.id = NEW.id AND head.status <> 'held')
           OR EXISTS (SELECT 1 FROM sales_hold AS head JOIN sales_hold AS queued ON queued.waits_for_id = head.id
                      WHERE head.id = NEW.id AND head.status <> 'held') THEN
            RAISE EXCEPTION 'a hold waits for one that is no longer in force' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NULL;
    """,
)  # fmt: skip


class Hold(models.Model):
    """Inventory kept for a client until a moment, by somebody, for a reason; or the wish for it in the queue behind another.

    In force since `held_at`, at first until `first_until`. A queued hold takes nothing: it `waits_for` one in force, second or
    later in `place`. `share_pct` is of the voice on its days (100 of what is exclusive), empty where impressions are held.
    """

    class Priority(models.IntegerChoices):
        """Who goes first in a queue, and why; among equals who came first."""

        INCUMBENT = 1, "Had it last time"
        AGREEMENT = 2, "Annual agreement"
        USUAL = 3, "None"

    machine = states.HOLD
    product = models.ForeignKey(Product, models.PROTECT, related_name="holds")
    advertiser = models.ForeignKey(Account, models.PROTECT, related_name="holds")
    brief = models.ForeignKey(Brief, models.SET_NULL, null=True, blank=True, related_name="holds")
    start = models.DateField()
    end = models.DateField()
    units = models.BigIntegerField(help_text="impressions or days")
    share_pct = models.PositiveSmallIntegerField(null=True, blank=True, help_text="of the voice on its days")
    owner = models.ForeignKey(Person, models.PROTECT, related_name="holds")
    expires_at = models.DateTimeField()
    reason = models.CharField(max_length=200, blank=True)
    priority = models.PositiveSmallIntegerField(choices=Priority.choices, default=Priority.USUAL)
    status = models.CharField(max_length=12, choices=states.HoldStatus.choices, default=states.HoldStatus.HELD)
    created_at = models.DateTimeField()
    held_at = models.DateTimeField(null=True, blank=True)
    first_until = models.DateTimeField(null=True, blank=True, help_text="when it was to lapse before anybody extended it")
    waits_for = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="queue")
    place = models.PositiveSmallIntegerField(null=True, blank=True, help_text="2 is the second hold")
    took_over = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="passed_to", help_text="the hold it came after")

    class Meta:
        triggers = [states.HOLD.trigger(), HEAD]
        indexes = [models.Index(fields=["status", "expires_at"], name="hold_due")]
        constraints = [
            models.CheckConstraint(condition=Q(end__gte=F("start")), name="hold_dates"),
            models.CheckConstraint(condition=Q(units__gt=0), name="hold_units"),
            models.CheckConstraint(condition=Q(share_pct=None) | Q(share_pct__gte=1, share_pct__lte=100), name="hold_share"),
            models.CheckConstraint(
                condition=Q(status="queued", waits_for__isnull=False, place__isnull=False, place__gte=2) | (~Q(status="queued") & Q(waits_for=None, place=None)),
                name="hold_queued_behind_one",
            ),
            models.CheckConstraint(condition=~Q(status="held") | Q(held_at__isnull=False, first_until__isnull=False), name="hold_since"),
            models.UniqueConstraint(fields=["waits_for", "place"], deferrable=models.Deferrable.DEFERRED, name="hold_place_once"),
        ]

    def __str__(self) -> str:
        return f"Hold {self.product} for {self.advertiser}"

    def activity_party(self) -> int:
        """The advertiser."""
        return self.advertiser_id


class Challenge(models.Model):
    """The next in the queue asks: the hold is booked by `answer_by` or it goes. Open until it has an outcome."""

    class Outcome(models.TextChoices):
        """How it ended."""

        BOOKED = "booked", "Booked in time"
        GAVE_WAY = "gave_way", "The hold was given up"
        OVERDUE = "overdue", "Not booked in time"
        WITHDRAWN = "withdrawn", "Withdrawn"

    hold = models.ForeignKey(Hold, models.PROTECT, related_name="challenges")
    challenger = models.ForeignKey(Hold, models.PROTECT, related_name="challenging")
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    answer_by = models.DateTimeField()
    why = models.CharField(max_length=200, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["hold"], condition=Q(ended_at=None), name="one_open_challenge"),
            models.CheckConstraint(condition=Q(ended_at=None, outcome="") | (Q(ended_at__isnull=False) & ~Q(outcome="")), name="challenge_outcome"),
            models.CheckConstraint(condition=~Q(hold=F("challenger")), name="challenge_another"),
        ]

    def activity_party(self) -> int:
        """The client whose hold is challenged."""
        return self.hold.advertiser_id

    def __str__(self) -> str:
        return f"Challenge of {self.hold}"


def allowances() -> dict[str, int]:
    """Days beyond the first expiry by role, as installed."""
    return {"sales": 7, "account_manager": 7, "campaign_manager": 7, "lead": 28}


class HoldPolicy(models.Model):
    """The seller's rules of holds: one row, or these defaults while there is none."""

    longest_days = models.PositiveSmallIntegerField(default=14, help_text="a hold lapses within this many days of being placed or extended")
    challenge_days = models.PositiveSmallIntegerField(default=2, help_text="business days to book once challenged")
    extend_days = models.JSONField(default=allowances, help_text="role -> days in all beyond the first expiry; more needs an approval")
    only = models.BooleanField(default=True, unique=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(only=True), name="one_hold_policy"),
            models.CheckConstraint(condition=Q(longest_days__gte=1, challenge_days__gte=1), name="hold_policy_days"),
        ]

    def __str__(self) -> str:
        return "Rules of holds"

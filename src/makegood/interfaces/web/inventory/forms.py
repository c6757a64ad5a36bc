"""What is asked of a cell, and what a hold needs."""

import datetime
from typing import Any

from django import forms
from django.utils import timezone

from makegood.accounts import queries as accounts
from makegood.catalog import queries as catalog
from makegood.interfaces.web.orders.drafts import Day
from makegood.sales import queries as sales


class Ask(forms.Form):
    """A product, days and, for a what-if, units and for whom."""

    product = forms.ModelChoiceField(label="Product", queryset=None, empty_label="Choose a product")
    start = forms.DateField(label="First day", widget=Day)
    end = forms.DateField(label="Last day", widget=Day)
    units = forms.IntegerField(label="Units", min_value=1, required=False, help_text="Impressions, or days of what is exclusive.")
    advertiser = forms.ModelChoiceField(label="For", queryset=None, required=False, empty_label="Nobody in particular")

    def __init__(self, actor: Any, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["product"].queryset = catalog.product_list(actor).filter(active=True)  # type: ignore[attr-defined]
        self.fields["product"].label_from_instance = lambda one: f"{one.property.name}: {one.name}"  # type: ignore[attr-defined]
        self.fields["advertiser"].queryset = accounts.account_list(actor).filter(party__kind="advertiser")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Days in their order."""
        found = super().clean() or {}
        if found.get("start") and found.get("end") and found["end"] < found["start"]:
            self.add_error("end", "This is before the first day.")
        return found


class Hold(Ask):
    """A hold: for whom, how many, until when, why."""

    days = forms.IntegerField(label="Lapses in days", min_value=1, initial=3, help_text="In a queue they count from the moment it comes up.")
    share_pct = forms.IntegerField(label="Share of voice, %", min_value=1, max_value=100, required=False, help_text="Empty: the product's own.")
    priority = forms.TypedChoiceField(
        label="Reason to go first", coerce=int, choices=sales.HOLD_PRIORITIES, initial=sales.HOLD_PRIORITIES[-1][0], required=False,
        empty_value=sales.HOLD_PRIORITIES[-1][0], help_text="Places it in the queue when the days are held.",
    )
    reason = forms.CharField(label="Why", max_length=200, required=False)

    def __init__(self, actor: Any, *args: Any, **more: Any) -> None:
        super().__init__(actor, *args, **more)
        self.fields["units"].required = self.fields["advertiser"].required = True
        self.fields["advertiser"].empty_label = "Choose the client"  # type: ignore[attr-defined]

    def expires_at(self) -> datetime.datetime:
        """The moment it lapses."""
        return timezone.now() + datetime.timedelta(days=self.cleaned_data["days"])


class Extend(forms.Form):
    """Keep it longer, and why."""

    days = forms.IntegerField(label="Days from now", min_value=1)
    why = forms.CharField(label="Why", max_length=200)


class Jump(forms.Form):
    """Which place in the queue, and why."""

    place = forms.IntegerField(label="Place", min_value=2)
    why = forms.CharField(label="Why", max_length=200)

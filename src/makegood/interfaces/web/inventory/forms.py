"""What is asked of a cell, and what a hold needs."""

import datetime
from typing import Any

from django import forms
from django.utils import timezone

from makegood.accounts import queries as accounts
from makegood.catalog import queries as catalog
from makegood.interfaces.web.orders.drafts import Day


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

    days = forms.IntegerField(label="Lapses in days", min_value=1, max_value=14, initial=3)
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

    days = forms.IntegerField(label="Days from now", min_value=1, max_value=14)
    why = forms.CharField(label="Why", max_length=200)

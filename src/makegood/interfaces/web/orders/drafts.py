"""The form of a draft: its head."""

from typing import Any

from django import forms

from makegood.accounts import queries as accounts
from makegood.core import queries


class Day(forms.DateInput):
    """The browser's own date field."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class Head(forms.Form):
    """Who buys, when, and who looks after it."""

    name = forms.CharField(label="Campaign", max_length=160)
    advertiser = forms.ModelChoiceField(label="Advertiser", queryset=None, empty_label="Choose the advertiser")
    agency = forms.ModelChoiceField(label="Agency", queryset=None, required=False, empty_label="None: the advertiser buys directly")
    commission_pct = forms.DecimalField(label="Agency commission, %", min_value=0, max_value=99, decimal_places=3, initial=0, required=False)
    start = forms.DateField(label="First day", widget=Day)
    end = forms.DateField(label="Last day", widget=Day)
    campaign_manager = forms.ModelChoiceField(label="Runs it", queryset=None)
    external_number = forms.CharField(label="Their order number", max_length=60, required=False)

    def __init__(self, actor: Any, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        known = accounts.account_list(actor)
        self.fields["advertiser"].queryset = known.filter(party__kind="advertiser")  # type: ignore[attr-defined]
        self.fields["agency"].queryset = known.filter(party__kind="agency")  # type: ignore[attr-defined]
        self.fields["campaign_manager"].queryset = queries.staff()  # type: ignore[attr-defined]
        self.fields["campaign_manager"].label_from_instance = lambda person: person.name  # type: ignore[attr-defined]

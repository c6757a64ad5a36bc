"""What deciding and uploading ask for. Which decision needs what is the action's to say."""

from typing import TYPE_CHECKING, Any

from django import forms

from makegood.creatives.queries import lists
from makegood.trafficking.queries import campaigns

if TYPE_CHECKING:
    from makegood.core.models import Person

OUTCOMES = (
    ("approve", "Approve", "check"),
    ("changes", "Approve with changes", "pencil-check"),
    ("reject", "Reject", "x"),
    ("exception", "Exception", "shield-half"),
)


class Decide(forms.Form):
    """A decision as sent."""

    outcome = forms.ChoiceField(choices=[(code, label) for code, label, _ in OUTCOMES])
    guideline = forms.IntegerField(required=False)
    reason = forms.CharField(required=False)
    conditions = forms.CharField(required=False)
    expires_on = forms.DateField(required=False)


class Ask(forms.Form):
    """A question to a colleague."""

    to = forms.IntegerField()
    note = forms.CharField(max_length=500)


class Target(forms.Form):
    """For whom the files are."""

    advertiser = forms.TypedChoiceField(coerce=int, label="Advertiser")
    order = forms.TypedChoiceField(
        coerce=int,
        empty_value=None,
        required=False,
        label="Campaign",
        help_text="Its flights then ask for these sizes.",
    )
    click_url = forms.URLField(
        required=False,
        label="Click URL",
        max_length=1000,
        assume_scheme="https",
        help_text="Where a click leads. Flights may override it.",
    )
    profile = forms.CharField(
        required=False, label="Spec profile", max_length=60, help_text="Empty: the one that fits each file."
    )

    def __init__(self, actor: "Person", *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        chosen = self.data.get("advertiser") or self.initial.get("advertiser")
        self.fields["advertiser"].choices = [("", "Choose…"), *lists.advertisers(actor)]  # type: ignore[attr-defined]
        orders = campaigns.orders(actor, int(chosen) if str(chosen or "").isdecimal() else None)
        self.fields["order"].choices = [("", "No campaign yet"), *orders]  # type: ignore[attr-defined]

"""What deciding and uploading ask for. Which decision needs what is the action's to say."""

import datetime
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django import forms

from makegood.catalog.actions.guidelines import Wording
from makegood.catalog.models import Guideline
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


KINDS = Guideline.Evidence.choices


class Decide(forms.Form):
    """A decision as sent."""

    outcome = forms.ChoiceField(choices=[(code, label) for code, label, _ in OUTCOMES])
    guideline = forms.IntegerField(required=False)
    reason = forms.CharField(required=False)
    conditions = forms.CharField(required=False)
    expires_on = forms.DateField(required=False)


class Words(forms.CharField):
    """Several words or lines, one a line or parted by commas."""

    def to_python(self, value: Any) -> list[str]:
        """The parts, without empty ones."""
        text = value if isinstance(value, str) else "\n".join(value or ())
        return [one.strip() for one in text.replace(",", "\n").splitlines() if one.strip()]

    def prepare_value(self, value: Any) -> Any:
        """One a line."""
        return "\n".join(value) if isinstance(value, list | tuple) else value


class Exempt(forms.Form):
    """An exception asked for."""

    guideline = forms.IntegerField(required=False)
    why = forms.CharField(max_length=1000)
    starts_on = forms.DateField(required=False, label="From")
    ends_on = forms.DateField(label="Until")
    placements = Words(required=False, label="Only on")
    markets = Words(required=False, label="Only in")

    def __init__(self, *args: Any, placements: Sequence[tuple[str, str]] = (), **more: Any) -> None:
        super().__init__(*args, **more)
        self.offered = placements


class Show(forms.Form):
    """Evidence."""

    kind = forms.ChoiceField(choices=KINDS)
    text = forms.CharField(max_length=500)
    valid_until = forms.DateField(required=False)


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
    brand = forms.TypedChoiceField(coerce=int, empty_value=None, required=False, label="Brand", help_text="Its category decides which guidelines bear on it. Empty: the campaign's, else the advertiser itself.")
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
        account = int(chosen) if str(chosen or "").isdecimal() else None
        orders = campaigns.orders(actor, account)
        self.fields["brand"].choices = [("", "None"), *((one.pk, one.name) for one in lists.brands(account))]  # type: ignore[attr-defined]
        self.fields["order"].choices = [("", "No campaign yet"), *orders]  # type: ignore[attr-defined]


class Branded(forms.Form):
    """Which brand it is for."""

    brand = forms.TypedChoiceField(coerce=int, empty_value=None, required=False, label="Brand")

    def __init__(self, advertiser_id: int, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["brand"].choices = [("", "The advertiser itself"), *((one.pk, one.name) for one in lists.brands(advertiser_id))]  # type: ignore[attr-defined]


class Rule(forms.Form):
    """A rule of the policy as it is to read."""

    code = forms.CharField(max_length=20, required=False, label="Code")
    title = forms.CharField(max_length=160, label="Title")
    text = forms.CharField(widget=forms.Textarea(attrs={"rows": 4}), label="Text")
    category = forms.CharField(max_length=60, required=False, label="Category", help_text="Empty: for all.")
    markets = Words(required=False, widget=forms.Textarea(attrs={"rows": 2}), label="Markets", help_text="One a line. Empty: everywhere.")
    products = Words(required=False, widget=forms.Textarea(attrs={"rows": 2}), label="Products", help_text="Codes, one a line. Empty: all.")
    hints = Words(required=False, widget=forms.Textarea(attrs={"rows": 2}), label="Words to look for", help_text="They make a reviewer look and decide nothing.")
    domains = Words(required=False, widget=forms.Textarea(attrs={"rows": 2}), label="Domains to look for")
    fine = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 2}), label="Examples that are fine", help_text="One a line.")
    wrong = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 2}), label="Examples that are not", help_text="One a line.")
    evidence = forms.MultipleChoiceField(choices=KINDS, required=False, widget=forms.CheckboxSelectMultiple, label="Evidence to be shown")
    risk = forms.TypedChoiceField(coerce=int, choices=Guideline.Risk.choices, label="Risk", help_text="Says who may give an exception.")
    source = forms.CharField(max_length=200, required=False, label="Source")
    valid_from = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}), label="In force from")
    valid_until = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}), required=False, label="Until")
    note = forms.CharField(max_length=200, required=False, label="What is new, and why")


def of_rule(rule: Guideline, today: datetime.date) -> dict[str, Any]:
    """The form's values for the next version of a rule."""
    names = ("title", "text", "category", "markets", "products", "hints", "domains", "evidence", "risk", "source")
    fine, wrong = ("\n".join(one["text"] for one in rule.examples if one["ok"] is ok) for ok in (True, False))
    return {name: getattr(rule, name) for name in names} | {"fine": fine, "wrong": wrong, "valid_from": today}


def wording(wanted: Mapping[str, Any], code: str) -> Wording:
    """What was sent as the rule's wording."""
    names = ("title", "text", "category", "markets", "products", "hints", "domains", "evidence", "risk", "source")
    pairs = [(ok, line.strip()) for ok, field in ((True, "fine"), (False, "wrong")) for line in wanted[field].splitlines() if line.strip()]
    return Wording(code=code.strip(), **{name: wanted[name] for name in names}, examples=[{"ok": ok, "text": text} for ok, text in pairs])

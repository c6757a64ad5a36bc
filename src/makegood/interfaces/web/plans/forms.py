"""The brief as a form: what a client wants, in typed fields."""

import json
from typing import Any

from django import forms

from makegood.accounts import queries as accounts
from makegood.engine import currencies
from makegood.interfaces.web.orders.drafts import Day
from makegood.orders.queries.calendar import properties
from makegood.sales import queries as sales
from makegood.sales.models import Brief


class Listed(forms.CharField):
    """Words separated by commas."""

    def to_python(self, value: Any) -> Any:
        """A list of them."""
        return [word.strip() for word in str(value or "").split(",") if word.strip()]


class Hiatus(Listed):
    """Pairs of days separated by commas."""

    def to_python(self, value: Any) -> Any:
        """[first, last] pairs as written; the action checks them."""
        return [[day.strip() for day in pair.split(" to ")] for pair in super().to_python(value)]


class BriefForm(forms.Form):
    """What a client wants."""

    name = forms.CharField(label="Campaign", max_length=160)
    advertiser = forms.ModelChoiceField(label="Advertiser", queryset=None, empty_label="Choose the advertiser")
    agency = forms.ModelChoiceField(label="Agency", queryset=None, required=False, empty_label="None")
    objective = forms.ChoiceField(label="Objective", choices=sales.OBJECTIVES)
    budget = forms.DecimalField(label="Budget", min_value=0, max_digits=14, decimal_places=2)
    currency = forms.CharField(label="Currency", max_length=3, initial="USD")
    start = forms.DateField(label="First day", widget=Day)
    end = forms.DateField(label="Last day", widget=Day)
    property = forms.ChoiceField(label="Property", required=False)
    probability_pct = forms.IntegerField(label="Probability, %", min_value=0, max_value=100, initial=50, help_text="Weighs it in the pipeline.")
    kpi_type = forms.ChoiceField(label="Measured by", choices=sales.KPIS, required=False)
    kpi_target = forms.DecimalField(label="Target", min_value=0, max_digits=16, decimal_places=2, required=False)
    kpi_frequency = forms.IntegerField(label="Contacts to count as reached", min_value=1, max_value=20, required=False, help_text="For people reached.")
    basket = forms.DecimalField(label="Sales of one conversion", min_value=0, max_digits=12, decimal_places=2, required=False, help_text="For sales.")
    kpi = forms.CharField(label="Measured by, in the client's words", max_length=120, required=False)
    audience = forms.CharField(label="Audience in words", max_length=200, required=False)
    targeting = forms.JSONField(label="Audience as targeting", required=False, help_text='Like {"audience": ["families"], "device": ["mobile"]}.', widget=forms.TextInput)
    markets = Listed(label="Markets", required=False, help_text="Geographies, separated by commas: US-NY, US-MA.")
    must_have = Listed(label="Must be there", required=False, help_text="Codes of products or placements.")
    excluded = Listed(label="Must not be there", required=False, help_text="Codes of products or placements.")
    beside = Listed(label="Not beside", required=False, help_text="Sections it must not stand beside.")
    hiatus = Hiatus(label="Days without ads", required=False, help_text="Like 2026-12-24 to 2026-12-26, separated by commas.")
    background = forms.CharField(label="What went before", required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, actor: Any, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        known = accounts.account_list(actor)
        self.fields["advertiser"].queryset = known.filter(party__kind="advertiser")  # type: ignore[attr-defined]
        self.fields["agency"].queryset = known.filter(party__kind="agency")  # type: ignore[attr-defined]
        self.fields["property"].choices = [("", "Any"), *((str(one.pk), one.name) for one in properties())]  # type: ignore[attr-defined]

    def clean_currency(self) -> str:
        """An ISO 4217 code."""
        code = str(self.cleaned_data["currency"]).upper()
        if code not in currencies.MINOR_UNITS:
            raise forms.ValidationError("This is not an ISO 4217 code. Use one like USD.")
        return code

    def clean_kpi_type(self) -> str:
        """Impressions where nothing was chosen."""
        return self.cleaned_data["kpi_type"] or "impressions"

    def clean_kpi_frequency(self) -> int:
        """One contact where nothing was said."""
        return self.cleaned_data["kpi_frequency"] or 1

    def clean_targeting(self) -> dict[str, Any]:
        """Everybody where nothing was said."""
        return self.cleaned_data["targeting"] or {}

    def clean_property(self) -> Any:
        """The property itself."""
        chosen = self.cleaned_data["property"]
        return next((one for one in properties() if str(one.pk) == chosen), None)


def said(brief: Brief) -> dict[str, Any]:
    """A brief as the form shows it."""
    plain = ("name", "objective", "budget", "start", "end", "probability_pct", "kpi_type", "kpi_target", "kpi_frequency", "basket", "kpi", "audience", "background")
    listed = {name: ", ".join(getattr(brief, name)) for name in ("markets", "must_have", "excluded", "beside")}
    hiatus = ", ".join(" to ".join(pair) for pair in brief.hiatus)
    aim = json.dumps(brief.targeting) if brief.targeting else ""
    return {name: getattr(brief, name) for name in plain} | listed | {"hiatus": hiatus, "targeting": aim, "property": str(brief.property_id or "")}

"""What a rule and a trial of the rules are asked with."""

from decimal import Decimal
from typing import Any

from django import forms

from makegood.core import queries
from makegood.core.models import Role, Team
from makegood.work.actions.rules import Wanted
from makegood.work.approving import kinds
from makegood.work.approving.stages import Stage
from makegood.work.models import ApprovalRule

STAGES = 3
ROLES = [(value, label) for value, label in Role.choices if value != Role.CLIENT]
NEEDS = [("any", "One of them"), ("all", "Somebody of each"), ("2", "Two of them"), ("3", "Three of them")]
DAY = {"type": "date"}


class Rule(forms.Form):
    """A rule as it is to become; stages are forms of their own."""

    kind = forms.ChoiceField(label="About", choices=[(one.code, f"{one.title}: {one.measure}") for one in kinds.KINDS.values()])
    name = forms.CharField(label="Name", max_length=120)
    above = forms.DecimalField(label="Above", max_digits=14, decimal_places=2, help_text="Asked for when the measure is more than this.")
    from_amount = forms.DecimalField(label="From an amount of", max_digits=14, decimal_places=2, min_value=0, required=False)
    about = forms.CharField(label="Only for", max_length=400, required=False, help_text="Categories, brands or clauses, with commas between. Empty: all.")
    team = forms.ModelChoiceField(label="Only for the team", queryset=Team.objects.order_by("name"), required=False, empty_label="Every team")
    window_days = forms.IntegerField(label="Add up a client's days", min_value=0, max_value=365, required=False, help_text="So that splitting brings nothing. 0: each alone.")
    starts = forms.DateField(label="First day", required=False, widget=forms.DateInput(attrs=DAY))
    ends = forms.DateField(label="Last day", required=False, widget=forms.DateInput(attrs=DAY))
    active = forms.BooleanField(label="Switched on", required=False)
    why = forms.CharField(label="Why", max_length=300, help_text="Whoever approves the change reads it.")

    def wanted(self, stages: list[Stage]) -> Wanted:
        """As the action takes it."""
        found = self.cleaned_data
        about = tuple(word.strip() for word in found["about"].split(",") if word.strip())
        return Wanted(
            found["kind"], found["name"], found["above"], stages, found["window_days"] or 0, found["active"], found["from_amount"] or Decimal(0), about,
            found["team"], found["starts"], found["ends"],
        )  # fmt: skip

    @staticmethod
    def initial_of(rule: ApprovalRule) -> dict[str, Any]:
        """A rule as the form shows it."""
        names = ("kind", "name", "above", "from_amount", "team", "window_days", "starts", "ends", "active")
        return {name: getattr(rule, name) for name in names} | {"about": ", ".join(rule.about)}


class StageForm(forms.Form):
    """One stage; empty when nobody is named."""

    roles = forms.MultipleChoiceField(label="Roles", choices=ROLES, required=False, widget=forms.CheckboxSelectMultiple)
    named = forms.ModelMultipleChoiceField(label="By name", queryset=None, required=False)
    owner = forms.BooleanField(label="Whoever looks after the account", required=False)
    own_team = forms.BooleanField(label="Of the order's team only", required=False)
    need = forms.ChoiceField(label="Needed", choices=NEEDS, required=False)
    hours = forms.IntegerField(label="Within working hours", min_value=1, max_value=200, required=False)
    escalate = forms.MultipleChoiceField(label="When late, also", choices=ROLES, required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["named"].queryset = queries.staff().filter(agent_for=None)  # type: ignore[attr-defined]

    def stage(self) -> Stage | None:
        """As the rule keeps it; None for an empty one."""
        found = self.cleaned_data
        if not (found["roles"] or found["named"] or found["owner"]):
            return None
        need = found["need"] or "any"
        return Stage(
            tuple(found["roles"]), int(need) if need.isdecimal() else need, found["hours"] or 8, tuple(found["escalate"]),
            named=tuple(one.pk for one in found["named"]), owner=found["owner"], own_team=found["own_team"],
        )  # fmt: skip

    @staticmethod
    def initial_of(stage: Stage) -> dict[str, Any]:
        """A stage as the form shows it."""
        return {
            "roles": list(stage.roles), "named": list(stage.named), "owner": stage.owner, "own_team": stage.own_team, "need": str(stage.need),
            "hours": stage.hours, "escalate": list(stage.escalate),
        }  # fmt: skip


class Try(forms.Form):
    """Figures to hold against the rules."""

    kind = forms.ChoiceField(label="About", choices=[(one.code, one.title) for one in kinds.KINDS.values()])
    measure = forms.DecimalField(label="Measure", max_digits=14, decimal_places=2)
    amount = forms.DecimalField(label="Money it is about", max_digits=14, decimal_places=2, required=False)
    about = forms.CharField(label="Category or clause", max_length=60, required=False)
    team = forms.ModelChoiceField(label="Team", queryset=Team.objects.order_by("name"), required=False, empty_label="Any")



"""What opening a case asks for."""

from typing import Any

from django import forms

from makegood.core import queries
from makegood.core.models import Person
from makegood.orders import queries as orders
from makegood.work.models import Case


class Open(forms.Form):
    """About which campaign, what happened, who works on it, how much it hurts."""

    order = forms.ModelChoiceField(label="About", queryset=None, empty_label="Choose a campaign")
    kind = forms.ChoiceField(label="Kind", choices=Case.Kind.choices)
    title = forms.CharField(label="What happened", max_length=200)
    detail = forms.CharField(label="In detail", required=False, widget=forms.Textarea(attrs={"rows": 4}))
    severity = forms.ChoiceField(
        label="Severity", choices=Case.Severity.choices, initial="normal", help_text="Sets the clock: high 8 hours, normal 24, low 72."
    )
    owner = forms.ModelChoiceField(label="Owner", queryset=None, empty_label="Choose a colleague")
    amount = forms.DecimalField(label="Money at stake", required=False, min_value=0, max_digits=14, decimal_places=2)

    def __init__(self, actor: Person, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        rows = orders.visible_to(actor).select_related("advertiser__party").exclude(status__in=("closed", "cancelled")).order_by("-start")
        self.fields["order"].queryset = rows  # type: ignore[attr-defined]
        self.fields["order"].label_from_instance = lambda order: f"{order.advertiser}, {order.name}"  # type: ignore[attr-defined]
        self.fields["owner"].queryset = queries.staff()  # type: ignore[attr-defined]

"""What planning an absence asks for."""

from typing import Any

from django import forms

from makegood.core import queries


class Plan(forms.Form):
    """Who, from when until when, who covers."""

    person = forms.ModelChoiceField(label="Who", queryset=None, empty_label="Choose")
    start = forms.DateField(label="First day", widget=forms.DateInput(attrs={"type": "date"}))
    end = forms.DateField(label="Last day", widget=forms.DateInput(attrs={"type": "date"}))
    cover = forms.ModelChoiceField(label="Covered by", queryset=None, required=False, empty_label="Nobody yet")
    note = forms.CharField(label="Note", max_length=200, required=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for name in ("person", "cover"):
            self.fields[name].queryset = queries.staff()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first."""
        found = super().clean() or {}
        if found.get("start") and found.get("end") and found["end"] < found["start"]:
            self.add_error("end", "This is before the first day.")
        return found

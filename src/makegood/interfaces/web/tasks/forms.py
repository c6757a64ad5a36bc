"""What handing over and dropping ask for."""

from django import forms

from makegood.core import queries


class HandOver(forms.Form):
    """To whom, and a note: a hand-over is an explicit act."""

    to = forms.ModelChoiceField(label="To", queryset=None, empty_label="Choose a colleague")
    note = forms.CharField(label="Note", max_length=300, help_text="What your colleague should know.")

    def __init__(self, *args: object, **more: object) -> None:
        super().__init__(*args, **more)  # type: ignore[arg-type]
        self.fields["to"].queryset = queries.staff()  # type: ignore[attr-defined]


class Drop(forms.Form):
    """Why it is no longer needed."""

    why = forms.CharField(label="Why", max_length=300)

"""What a form sent, once it holds; what does not is named: the first wrong field of one, or each beside its field."""

from typing import Any

from django import forms

from makegood.core.errors import Invalid, Refused


def values(form: forms.Form, *, remedy: str = "Fill it in and send again.") -> dict[str, Any]:
    """The form's values. Raises Invalid at its first wrong field."""
    if not form.is_valid():
        name, errors = next(iter(form.errors.items()))
        field = form.fields.get(name)  # none for what is wrong with the whole of it
        raise Invalid(str(errors[0]), place=str(field.label or name) if field else "", remedy=remedy)
    return dict(form.cleaned_data)


def beside(form: forms.BaseForm, error: Refused) -> None:
    """A refusal said beside the field it names, else over the form; nothing was kept."""
    form.add_error(error.place if error.place in form.fields else None, f"{error.message} {error.remedy}".strip())

"""What a form sent, once it holds; the first field that does not is named."""

from typing import Any

from django import forms

from makegood.core.errors import Invalid


def values(form: forms.Form) -> dict[str, Any]:
    """The form's values. Raises Invalid at its first wrong field."""
    if not form.is_valid():
        name, errors = next(iter(form.errors.items()))
        raise Invalid(str(errors[0]), place=str(form.fields[name].label or name), remedy="Fill it in and send again.")
    return dict(form.cleaned_data)

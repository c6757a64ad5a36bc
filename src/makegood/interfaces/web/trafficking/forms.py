"""What assigning asks for."""

from django import forms


class Assign(forms.Form):
    """A version for a flight."""

    version = forms.IntegerField()
    weight = forms.IntegerField(min_value=1, max_value=10_000, initial=100)
    click_url = forms.CharField(required=False, max_length=1000)


class Change(forms.Form):
    """Another weight or landing page."""

    weight = forms.IntegerField(min_value=1, max_value=10_000)
    click_url = forms.CharField(required=False, max_length=1000)

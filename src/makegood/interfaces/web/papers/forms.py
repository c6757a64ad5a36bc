"""What the pages of clauses ask for."""

from django import forms

from makegood.catalog.models.clauses import MEDIA
from makegood.documents.papers import language


class Wording(forms.Form):
    """A clause's words."""

    title = forms.CharField(label="Title", max_length=120)
    text = forms.CharField(label="Text", max_length=20_000, widget=forms.Textarea(attrs={"rows": 14}), help_text="A blank line begins a paragraph.")
    note = forms.CharField(label="What is new, and why", max_length=200, required=False)


class NewClause(forms.Form):
    """A clause that is not there yet."""

    key = forms.SlugField(label="Short name", max_length=40, help_text="Like cancellation; the same name in every language.")
    language = forms.ChoiceField(label="Language", choices=list(language.NAMES.items()))
    business = forms.ChoiceField(label="Line of business", choices=MEDIA, required=False)
    position = forms.IntegerField(label="Place among the others", min_value=1, max_value=9999, initial=100)
    papers = forms.MultipleChoiceField(label="Stands on", choices=[("order", "Orders"), ("proposal", "Proposals")], widget=forms.CheckboxSelectMultiple, initial=["order", "proposal"])
    title = forms.CharField(label="Title", max_length=120)
    text = forms.CharField(label="Text", max_length=20_000, widget=forms.Textarea(attrs={"rows": 12}))


class Publish(forms.Form):
    """From when on, and what it changes."""

    starts_on = forms.DateField(label="In force from", widget=forms.DateInput(attrs={"type": "date"}))
    note = forms.CharField(label="What is new, and why", max_length=200, required=False)


class Retire(forms.Form):
    """From when on it stands on no new paper."""

    on = forms.DateField(label="Not any more from", widget=forms.DateInput(attrs={"type": "date"}))
    why = forms.CharField(label="Why", max_length=200)

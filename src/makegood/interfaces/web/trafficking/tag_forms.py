"""What the tag generator asks, by kind of tag."""

import re
from typing import Any

from django import forms

from makegood.adserver.openrtb import callers
from makegood.trafficking.queries.tag_texts import Options

FIELDS = {
    "script": ("section", "key_values", "refresh_s"), "iframe": ("section", "key_values", "macros"),
    "vast": ("section", "key_values", "macros", "ads"), "native": ("section", "key_values", "macros"),
    "openrtb": ("section", "key_values", "caller"),
}  # fmt: skip
PAIR = re.compile(r"[a-z0-9_.-]{1,64}=[^,]{1,200}")


class Tag(forms.Form):
    """Everything a tag may say; `form` keeps what its kind can."""

    section = forms.CharField(label="Section", max_length=120, required=False, help_text="As targeting names it: news/sport")
    key_values = forms.CharField(label="Key-values", max_length=600, required=False, help_text="team=reds, page=home")
    macros = forms.ChoiceField(
        label="Filled in by", required=False, choices=[("", "Nobody"), ("vast", "A VAST 4 player"), ("gam", "Google Ad Manager")],
        help_text="Consent and cache busting as the caller's macros.",
    )  # fmt: skip
    refresh_s = forms.IntegerField(
        label="New ad after seconds in view", min_value=30, max_value=3600, required=False, help_text="30 at the least; empty: never",
        error_messages={"min_value": "30 seconds in view at the least.", "invalid": "A whole number of seconds."},
    )  # fmt: skip
    ads = forms.IntegerField(label="Ads in a break", min_value=1, max_value=10, required=False)
    caller = forms.CharField(label="Who will ask", max_length=40, required=False, help_text="A caller's name: its token stands in the tag once it was given one.")

    def clean_key_values(self) -> tuple[tuple[str, str], ...]:
        """Pairs with commas between."""
        parts = [part.strip() for part in self.cleaned_data["key_values"].split(",") if part.strip()]
        for part in parts:
            if not PAIR.fullmatch(part):
                raise forms.ValidationError(f"“{part[:40]}” is no pair: write key=value, keys in small letters, commas between.")
        return tuple((part.partition("=")[0], part.partition("=")[2]) for part in parts)

    def clean_caller(self) -> str:
        """A name that can be signed."""
        name: str = self.cleaned_data["caller"]
        if name and not callers.NAME.fullmatch(name):
            raise forms.ValidationError("Small letters, digits and hyphens, beginning with a letter or digit.")
        return name

    def options(self, token: str) -> Options:
        """What was asked, once valid."""
        given = self.cleaned_data
        return Options(
            given.get("section", ""), given.get("key_values", ()), given.get("macros", ""), given.get("refresh_s") or 0, given.get("ads") or 0, token
        )


def form(kind: str, data: Any, *, token: bool) -> Tag:
    """The form of a kind; who may not give tokens is not asked for a caller."""
    made = Tag(data)
    kept = set(FIELDS[kind]) - (set() if token else {"caller"})
    for name in set(made.fields) - kept:
        del made.fields[name]
    return made

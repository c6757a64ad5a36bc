"""Shows the gallery to the seller's people."""

import io

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from PIL import Image, ImageDraw

from makegood.interfaces.web.components import Crumb
from makegood.interfaces.web.permitted import permitted
from makegood.interfaces.web.styleguide import samples, samples_documents


class Hold(forms.Form):
    """A form with every kind of field, one of them wrong."""

    name = forms.CharField(label="Client", help_text="As it stands on the order.")
    until = forms.DateField(label="Until", widget=forms.DateInput(attrs={"type": "date"}))
    placement = forms.ChoiceField(label="Placement", choices=[("a", "Homepage billboard"), ("b", "Run of site mobile")])
    note = forms.CharField(label="Note", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    exclusive = forms.BooleanField(label="Exclusive in its category", required=False)

    def clean_until(self) -> None:
        """Always wrong, to show an error."""
        raise forms.ValidationError("31 November does not exist. The month ends on the 30th.")


@require_safe
@permitted("core.see_team")
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component in its states."""
    form = Hold({"name": "Meridian Rail", "until": "2026-11-30", "placement": "b"})
    found = {"area": "", "crumbs": [Crumb("Components")], "form": form, "asof": "10:42 EST, counts to 10:00"}
    return render(request, "styleguide/gallery.html", {**found, **samples.values(), **samples_documents.values()})


@require_safe
@permitted("core.see_team")
def page_image(request: HttpRequest) -> HttpResponse:
    """A drawn page for the document viewer."""
    image = Image.new("RGB", (1032, 620), "white")
    draw = ImageDraw.Draw(image)
    for x, y, text in samples_documents.WORDS:
        draw.text((x * 2, y * 2), text, fill="#222222", font_size=20)
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return HttpResponse(buffer.getvalue(), content_type="image/png")

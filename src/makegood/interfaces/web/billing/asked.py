"""What a form of billing asks for, done: one call of an action, and what is refused stands in the form that asked."""

from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from makegood.core.errors import Refused
from makegood.interfaces.web import toasts
from makegood.interfaces.web.billing import forms


def attempt(request: HttpRequest, key: str, form: django_forms.Form, act: Callable[[dict[str, Any]], str], *, home: str) -> HttpResponse:
    """Call the action and go `home` with what it says; what is wrong goes back into the form beside its field."""
    if form.is_valid():
        try:
            return done(request, act(form.cleaned_data), home=home)
        except Refused as error:  # shown in the form that asked, which still holds what was typed
            if not getattr(request, "htmx", False):
                raise
            form.add_error(None, str(error))
    return render(request, "billing/form.html", {"act": forms.act(key, request.path, form)}, status=422)


def done(request: HttpRequest, text: str, *, home: str) -> HttpResponse:
    """Back home with a toast."""
    toasts.add(request, text)
    if getattr(request, "htmx", False):
        return HttpResponse(headers={"HX-Redirect": home})
    return HttpResponseRedirect(home, status=303)

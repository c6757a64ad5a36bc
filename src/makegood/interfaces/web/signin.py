"""Coming in and going out, on django-allauth. Nobody signs up: an administrator invites."""

import dataclasses
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.views import LoginView, LogoutView
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from makegood.core import people


@dataclasses.dataclass(frozen=True, slots=True)
class Persona:
    """Someone of the demo seller whom a visitor may be."""

    name: str
    role: str
    email: str
    password: str


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Closed to strangers; sends people where they work."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """People are invited."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Clients start in the portal, everybody else with today's work."""
        return "/portal/" if request.user.is_client else "/"  # type: ignore[union-attr]

    def add_message(self, request: HttpRequest, level: int, *args: Any, **more: Any) -> None:
        """Silent: the page one lands on says that one is signed in."""


class Enter(LoginView):  # type: ignore[misc]
    """E-mail and password; on a demo installation also the personas."""

    template_name = "signin.html"

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """The form, the seller's name and the personas."""
        return {**super().get_context_data(**more), "personas": personas(), "seller": people.seller_name()}


def personas() -> list[Persona]:
    """Whom a visitor of a demo installation may be; empty anywhere else."""
    if not settings.MAKEGOOD_DEMO:
        return []
    password = settings.MAKEGOOD_DEMO_PASSWORD
    return [
        Persona(person.name, person.title or people.role_names(person), person.email, password)
        for person in people.demo_list()
    ]


def locked_out(
    request: HttpRequest, response: HttpResponse | None = None, credentials: object = None, **more: Any
) -> HttpResponse:
    """Too many wrong passwords: says for how long, and that nothing else is wrong."""
    minutes = int(settings.AXES_COOLOFF_TIME * 60)
    return render(request, "lockedout.html", {"minutes": minutes, "limit": settings.AXES_FAILURE_LIMIT}, status=429)


@require_safe
@login_not_required
def closed(request: HttpRequest) -> HttpResponse:
    """Signing up and forgotten passwords: ask who can help."""
    return render(request, "signin_help.html", {"seller": people.seller_name()})


enter = never_cache(login_not_required(Enter.as_view()))
leave = login_not_required(LogoutView.as_view())

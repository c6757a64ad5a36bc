"""What every page of the portal shows around its content: the seller's name and five tabs."""

import dataclasses
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from makegood.core import people
from makegood.core.errors import NotAllowed
from makegood.core.models import Person

TABS = (
    ("home", "Home", "home", "/portal/"), ("ads", "Ads", "photo-check", "/portal/ads/"), ("results", "Results", "chart-line", "/portal/results/"),
    ("bills", "Bills", "receipt", "/portal/bills/"), ("messages", "Messages", "message", "/portal/messages/"),
)  # fmt: skip


@dataclasses.dataclass(frozen=True, slots=True)
class PortalTab:
    """One of the five."""

    label: str
    icon: str
    url: str
    current: bool


def page(request: HttpRequest, template: str, tab: str, found: dict[str, Any], status: int = 200) -> HttpResponse:
    """The template with its frame."""
    tabs = [PortalTab(_(label), icon, url, key == tab) for key, label, icon, url in TABS]
    return render(request, template, {"seller": people.seller_name(), "portal_tabs": tabs, **found}, status=status)


def client(request: HttpRequest) -> Person:
    """The client looking. Our own people have pages of their own for all of this."""
    person: Person = request.user  # type: ignore[assignment]
    if not person.is_client:
        raise NotAllowed("the portal shows a client its own campaigns.", remedy="Open the campaign, its creatives or its bills on our side.")
    return person

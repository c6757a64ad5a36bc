"""What every page shows around its content: rail, who is signed in, theme, counts of waiting work. No content of its own."""

import dataclasses
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from makegood.interfaces.web import links

if TYPE_CHECKING:
    from makegood.core.models import Person

RAIL = (
    ("today", _("Today"), "checklist"), ("accounts", _("Accounts"), "building"), ("plans", _("Plans"), "bulb"),
    ("orders", _("Orders"), "file-text"), ("inventory", _("Inventory"), "calendar-week"), ("creatives", _("Creatives"), "photo"),
    ("trafficking", _("Trafficking"), "send"), ("pacing", _("Pacing"), "activity"), ("reports", _("Reports"), "chart-bar"),
    ("billing", _("Billing"), "receipt"), ("team", _("Team"), "users"), ("process", _("Process"), "route"),
)  # fmt: skip
THEMES = ("auto", "light", "dark")
ZONES = (  # offered in the menu; any other that a person has is kept
    "America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles", "America/Sao_Paulo", "Europe/London", "Europe/Berlin", "Europe/Paris",
    "Asia/Dubai", "Asia/Kolkata", "Asia/Singapore", "Asia/Tokyo", "Australia/Sydney", "UTC",
)  # fmt: skip
Count = Callable[["Person"], int]
_counts: dict[str, Count] = {}


@dataclasses.dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the rail."""

    key: str
    label: str
    icon: str
    url: str
    count: int


def count_with(key: str, count: Count) -> None:
    """Let the entry `key` of the rail ("today", "bell") show how many things wait: one query, asked once a page."""
    _counts[key] = count


def rail(person: "Person") -> list[Entry]:
    """The entries whose page exists, with what waits in each."""
    return [
        Entry(key, str(label), icon, links.page(key), waiting(person, key))
        for key, label, icon in RAIL
        if _served(links.page(key))
    ]


def waiting(person: "Person", key: str) -> int:
    """How many things wait under `key`."""
    return _counts[key](person) if key in _counts else 0


def theme(request: HttpRequest) -> str:
    """auto, light or dark: the person's choice, else this browser's."""
    chosen = getattr(getattr(request, "user", None), "theme", "") or request.COOKIES.get("mg_theme", "")
    return chosen if chosen in THEMES else "auto"


def zones(person: "Person") -> tuple[str, ...]:
    """Time zones to choose from, the person's own first when it is not among the usual ones."""
    return ZONES if person.zone in ZONES else (person.zone, *ZONES)


def context(request: HttpRequest) -> dict[str, Any]:
    """Context of every template. Lazy, so that a partial pays for nothing it does not show."""
    person = getattr(request, "user", None)
    signed_in = bool(person and person.is_authenticated)
    return {
        "rail": SimpleLazyObject(lambda: rail(person) if signed_in and person.is_staff_member else []),
        "bell_count": SimpleLazyObject(lambda: waiting(person, "bell") if signed_in else 0),
        "theme": SimpleLazyObject(lambda: theme(request)),
        "zones": SimpleLazyObject(lambda: zones(person)) if signed_in else (),
        "demo": getattr(settings, "MAKEGOOD_DEMO", False),
    }


def _served(path: str) -> bool:
    try:
        resolve(path)
    except Resolver404:
        return False
    return True

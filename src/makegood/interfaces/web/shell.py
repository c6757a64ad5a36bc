"""What every page shows around its content: rail, who is signed in, theme, counts of waiting work. No content of its own."""

import dataclasses
import functools
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from makegood.core import queries
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
Waiting = Callable[["Person"], QuerySet[Any]]
_waiting: dict[str, Waiting] = {}


@dataclasses.dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the rail."""

    key: str
    label: str
    icon: str
    url: str
    count: int


def count_with(key: str, waiting: Waiting) -> None:
    """Let the entry `key` of the rail ("today", "bell") show how many rows wait; all entries are counted by one query a page."""
    _waiting[key] = waiting


def rail(counts: Mapping[str, int]) -> list[Entry]:
    """The entries whose page exists, with what waits in each."""
    return [
        Entry(key, str(label), icon, links.page(key), counts.get(key, 0))
        for key, label, icon in RAIL
        if _served(links.page(key))
    ]


def waiting(person: "Person") -> dict[str, int]:
    """How many things wait for `person`, by key."""
    return queries.how_many(person, {key: rows(person) for key, rows in _waiting.items()})


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
    counts = SimpleLazyObject(lambda: waiting(person) if signed_in else {})
    return {
        "rail": SimpleLazyObject(lambda: rail(counts) if signed_in and person.is_staff_member else []),
        "bell_count": SimpleLazyObject(lambda: counts.get("bell", 0)),
        "theme": SimpleLazyObject(lambda: theme(request)),
        "zones": SimpleLazyObject(lambda: zones(person)) if signed_in else (),
        "demo": getattr(settings, "MAKEGOOD_DEMO", False),
    }


@functools.cache
def _served(path: str) -> bool:
    try:
        resolve(path)
    except Resolver404:
        return False
    return True

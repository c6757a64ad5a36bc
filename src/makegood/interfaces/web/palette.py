"""The palette (Ctrl/Cmd+K): reaches every record and every action. Areas register providers; nothing is searched here itself."""

import dataclasses
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from makegood.interfaces.web import shell

if TYPE_CHECKING:
    from makegood.core.models import Person

LIMIT = 8  # what a provider should offer
MOST = 14  # what a kind shows


@dataclasses.dataclass(frozen=True, slots=True)
class Entry:
    """One hit: `kind` groups it ("Orders", "Go to", "Do"); `method` "post" for an action; `keys` its shortcut."""

    label: str
    url: str
    kind: str = "Go to"
    hint: str = ""
    icon: str = "arrow-right"
    method: str = "get"
    keys: str = ""
    fields: tuple[tuple[str, str], ...] = ()


Provider = Callable[["Person", str], Sequence[Entry]]
_providers: list[Provider] = []


def register(provider: Provider) -> Provider:
    """Add a provider: given the person and what was typed (may be empty), at most a few entries. Usable as a decorator."""
    if provider not in _providers:
        _providers.append(provider)
    return provider


def find(actor: "Person", q: str) -> dict[str, list[Entry]]:
    """Hits by kind, each kind cut to LIMIT. Records stand before pages and actions once something is typed."""
    own: list[Provider] = [pages, own_actions]
    found: dict[str, list[Entry]] = {}
    for provider in [*_providers, *own] if q else [*own, *_providers]:
        for entry in provider(actor, q):
            rows = found.setdefault(entry.kind, [])
            if len(rows) < MOST:
                rows.append(entry)
    return found


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """The hits as a part of the dialog."""
    q = request.GET.get("q", "").strip()[:100]
    return render(request, "mg/palette_hits.html", {"found": find(request.user, q), "q": q})  # type: ignore[arg-type]


def pages(actor: "Person", q: str) -> list[Entry]:
    """The entries of the rail."""
    limit = LIMIT if q else 12
    hits = [
        Entry(entry.label, entry.url, "Go to", icon=entry.icon)
        for entry in shell.rail({})
        if matches(q, entry.label)
    ]
    return hits[:limit]


def own_actions(actor: "Person", q: str) -> list[Entry]:
    """What one may always do."""
    theme = "light" if actor.theme == "dark" else "dark"
    actions = [
        Entry(
            f"Switch to {theme} theme",
            "/preferences/theme/",
            "Do",
            icon="contrast",
            method="post",
            fields=(("theme", theme),),
        ),
        Entry("Show keyboard shortcuts", "#mg-keys", "Do", icon="keyboard", keys="?"),
        Entry("Sign out", "/sign-out/", "Do", icon="logout", method="post"),
    ]
    return [action for action in actions if q and matches(q, action.label)]


def matches(q: str, text: str) -> bool:
    """Whether every word typed begins a word of `text`."""
    words = text.lower().split()
    return all(any(word.startswith(part) for word in words) for part in q.lower().split())

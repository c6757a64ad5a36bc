"""What a scene says: what is sent, where to, by whom."""

import dataclasses
import datetime
from collections.abc import Callable
from typing import Any

from django import forms

from makegood.accounts.models import Account
from tests.permissions.world import World


@dataclasses.dataclass
class Sent:
    """What is posted: fields, or with `json` a document; bytes with a name are files. `ids` fill the address before the world's,
    `query` follows it; `who` sends it where the first who may will not do."""

    data: dict[str, Any] = dataclasses.field(default_factory=dict)
    ids: dict[str, object] = dataclasses.field(default_factory=dict)
    who: str = ""
    json: bool = False
    query: str = ""


Scene = Callable[[World, datetime.datetime], Sent]
SCENES: dict[str, Scene] = {}


def scene(name: str) -> Callable[[Scene], Scene]:
    """The scene of a named address; `name=variant` for one of several."""

    def wrap(function: Scene) -> Scene:
        assert name not in SCENES
        SCENES[name] = function
        return function

    return wrap


def own(w: World) -> Account:
    """The client whose records the world's are."""
    return Account.objects.get(pk=w.ids["own"])


def form(w: World, who: str, url: str, **changed: Any) -> dict[str, Any]:
    """What the page's forms hold when somebody opens it, with what they change: as a browser would send it."""
    shown: dict[str, Any] = {}
    for context in w.clients[who].get(url).context or ():
        for one in context.flatten().values():
            shown |= {field.html_name: field.value() for part in (one if isinstance(one, list) else [one]) for field in _fields(part)}
    return {name: value for name, value in shown.items() if value not in (None, "", False)} | changed


def _fields(part: Any) -> Any:
    found = part[1] if isinstance(part, tuple) and len(part) == 2 else part
    return found if isinstance(found, forms.BaseForm) else ()

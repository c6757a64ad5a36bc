"""Small values: a stat, a fact of a checklist, an event of a history, a comment, an empty state."""

import dataclasses
import datetime
from collections.abc import Sequence
from typing import Any

from makegood.interfaces.web.components.explanation import Explanation


@dataclasses.dataclass(frozen=True, slots=True)
class Stat:
    """Label, figure (formatted), what changed; `tone` (ok, watch, risk) only when it matters."""

    label: str
    figure: str
    change: str = ""
    unit: str = ""
    tone: str = ""
    change_tone: str = ""
    url: str = ""
    explain: Explanation | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Fact:
    """One fact of readiness: computed, with who owes it, until when and what it holds back in `detail`."""

    label: str
    state: str
    detail: str = ""
    owner: str = ""
    url: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened, as a history shows it. `changes` are (field, before, after)."""

    at: datetime.datetime
    text: str
    who: str = ""
    why: str = ""
    url: str = ""
    changes: Sequence[tuple[str, Any, Any]] = ()
    client_sees: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class Comment:
    """What someone wrote; `audience` is "us" or "client"."""

    who: str
    at: datetime.datetime
    body: str
    audience: str = "us"
    mine: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class Empty:
    """What an empty screen teaches: what would stand here, the steps to get there, one action."""

    title: str
    text: str = ""
    steps: Sequence[str] = ()
    icon: str = "inbox"
    action: str = ""
    url: str = ""

"""Event lines written as text, for ads: what `events.Event.line` would give, without making an Event of each.

A line is an id and a time, then ids, then who asked, then audiences; a test holds both ways against each other.
"""

from __future__ import annotations

import functools
from typing import Protocol

import msgspec
import orjson

from makegood.adserver.events import Kind, Source


class Recorded(Protocol):
    """What the log takes: an event, or finished lines."""

    @property
    def kinds(self) -> tuple[Kind, ...]: ...

    def line(self) -> bytes: ...


class Lines(msgspec.Struct, frozen=True, gc=False):
    """Events written without making an Event of each: `text` is what `Event.line` would give for them, as text."""

    kinds: tuple[Kind, ...]
    text: str

    def line(self) -> bytes:
        """Return the lines as stored."""
        return self.text.encode()


def ids(**values: int) -> str:
    """Return ids as they stand inside a line; those at 0 are left out."""
    return "".join(f',"{name}":{value}' for name, value in values.items() if value)


def about(geo: str, device: str, source: Source, test: bool) -> str:
    """Return what is known of who asked, as it stands inside a line after the ids."""
    row = {"geo": geo, "device": device, **msgspec.structs.asdict(source), "test": test}
    known = {name: value for name, value in row.items() if value}
    return "," + orjson.dumps(known)[1:-1].decode() if known else ""


@functools.lru_cache(8192)
def audiences(names: frozenset[str]) -> str:
    """Return the audiences of a request as they stand at the end of a line."""
    return f',"audiences":{orjson.dumps(sorted(names)).decode()}' if names else ""

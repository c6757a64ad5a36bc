"""What a page or player asks for, read from JSON or a query string into slots and targeting values.

Lenient with unknown keys, exact about the known ones: every misfit is named by its place.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

import orjson

MOST_SLOTS = 20
_LONGEST = 256


class BadRequest(ValueError):
    """The request cannot be understood; the message names the place and what was expected."""


@dataclasses.dataclass(frozen=True, slots=True)
class Slot:
    """One place to fill; `id` is the caller's own name for it and comes back in the answer."""

    placement: str
    id: str


@dataclasses.dataclass(frozen=True, slots=True)
class AdRequest:
    """Slots of one page with what is known of the person and the page. `consent` is an answer or a TCF string."""

    slots: tuple[Slot, ...]
    geo: str | None = None
    device: str | None = None
    section: str | None = None
    language: str | None = None
    category: str | None = None
    audiences: frozenset[str] = frozenset()
    key_values: Mapping[str, str] = dataclasses.field(default_factory=dict)
    consent: str = ""
    caps: str = ""
    test: bool = False


def from_json(body: bytes) -> AdRequest:
    """Read a POSTed ad request; raises BadRequest."""
    try:
        row = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise BadRequest(f"body: not JSON: {error}") from error
    if not isinstance(row, dict):
        raise BadRequest('body: expected an object such as {"slots": [{"placement": "home-top"}]}')
    slots = row.get("slots")
    if not isinstance(slots, list) or not 1 <= len(slots) <= MOST_SLOTS:
        raise BadRequest(f"slots: expected a list of 1 to {MOST_SLOTS} objects with a placement")
    return AdRequest(slots=tuple(_slot(slot, n) for n, slot in enumerate(slots)), **_about(row))


def from_query(query: Mapping[str, str]) -> AdRequest:
    """Read a tag's or player's query; key-values are `kv.<key>=<value>`, audiences comma-separated. Raises BadRequest."""
    if not query.get("placement"):
        raise BadRequest("placement: missing from the query; give the placement's code")
    row: dict[str, Any] = {name: value for name, value in query.items() if value and not name.startswith("kv.")}
    row["audiences"] = [name for name in query.get("audiences", "").split(",") if name]
    row["key_values"] = {name[3:]: value for name, value in query.items() if name.startswith("kv.")}
    row["test"] = query.get("test", "") in ("1", "true")
    return AdRequest(slots=(_slot(row, 0),), **_about(row))


def _slot(value: Any, number: int) -> Slot:
    if not isinstance(value, dict) or not (placement := _text(value, "placement", f"slots[{number}].")):
        raise BadRequest(f"slots[{number}].placement: missing; give the placement's code")
    return Slot(placement, _text(value, "id", f"slots[{number}].") or str(number))


def _about(row: dict[str, Any]) -> dict[str, Any]:
    about: dict[str, Any] = {n: _text(row, n, "") for n in ("geo", "device", "section", "language", "category")}
    audiences, key_values = row.get("audiences") or [], row.get("key_values") or {}
    if not isinstance(audiences, list) or not all(isinstance(name, str) for name in audiences):
        raise BadRequest("audiences: expected a list of names")
    if not isinstance(key_values, dict):
        raise BadRequest("key_values: expected an object of key to value")
    about["audiences"] = frozenset(audiences)
    about["key_values"] = {key: _text(key_values, key, "key_values.") or "" for key in key_values}
    consent = row.get("consent")
    about["consent"] = "1" if consent is True else _text({**row, "consent": consent or None}, "consent", "", 4096) or ""
    about["caps"] = _text(row, "caps", "", 4096) or ""
    about["test"] = row.get("test") is True
    return about


def _text(row: Mapping[str, Any], name: str, place: str, longest: int = _LONGEST) -> str | None:
    value = row.get(name)
    if value is None:
        return None
    if isinstance(value, str) and len(value) <= longest:
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    raise BadRequest(f"{place}{name}: expected text of at most {longest} characters")

"""What a page or player asks for, read from JSON or a query string into slots and targeting values.

Lenient with unknown keys, exact about the known ones: every misfit is named by its place.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

import msgspec

MOST_SLOTS = 20
LONGEST = 256


class BadRequest(ValueError):
    """The request cannot be understood; the message names the place and what was expected."""


Text = Annotated[str, msgspec.Meta(max_length=LONGEST)]


class Slot(msgspec.Struct, frozen=True, gc=False):
    """One place to fill; `id` is the caller's own name for it and comes back in the answer."""

    placement: Text
    id: Text | int | None = None


class AdRequest(msgspec.Struct, frozen=True, gc=False):
    """Slots of one page with what is known of the person and the page. `consent` is an answer or what `consent.read` takes."""

    slots: Annotated[tuple[Slot, ...], msgspec.Meta(min_length=1, max_length=MOST_SLOTS)]
    geo: Text | None = None
    device: Text | None = None
    section: Text | None = None
    language: Text | None = None
    category: Text | None = None
    audiences: frozenset[Text] | None = None
    key_values: dict[str, Text | int] | None = None
    consent: Annotated[str, msgspec.Meta(max_length=4096)] | bool | None = None
    caps: Annotated[str, msgspec.Meta(max_length=4096)] | None = None
    test: bool | None = None


_DECODER = msgspec.json.Decoder(AdRequest)


def from_json(body: bytes) -> AdRequest:
    """Read a POSTed ad request; raises BadRequest."""
    try:
        return _DECODER.decode(body)
    except msgspec.ValidationError as error:
        raise _misfit(error, msgspec.json.decode(body)) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BadRequest(f"body: not JSON: {error}") from error


def from_query(query: Mapping[str, str]) -> AdRequest:
    """Read a tag's or player's query; key-values are `kv.<key>=<value>`, audiences comma-separated. Raises BadRequest."""
    if not query.get("placement"):
        raise BadRequest("placement: missing from the query; give the placement's code")
    row: dict[str, Any] = {name: value for name, value in query.items() if value and not name.startswith("kv.")}
    row["slots"] = [{"placement": row["placement"], "id": row.get("id")}]
    row["audiences"] = [name for name in query.get("audiences", "").split(",") if name]
    row["key_values"] = {name[3:]: value for name, value in query.items() if name.startswith("kv.")}
    row["test"] = query.get("test", "") in ("1", "true")
    try:
        return msgspec.convert(row, AdRequest)
    except msgspec.ValidationError as error:
        raise _misfit(error, row) from error


def _misfit(error: msgspec.ValidationError, row: Any) -> BadRequest:
    """The place first, then what was expected; the path ends in [...] where only the value says which it was."""
    words, _, path = str(error).partition(" - at `$")
    place = path.rstrip("`").lstrip(".") or "body"
    if place.startswith("key_values[") and isinstance(row["key_values"], dict):
        wrong = next((k for k, v in row["key_values"].items() if not isinstance(v, str | int) or len(str(v)) > LONGEST), "")
        place = f"key_values.{wrong}"
    missing = words.partition("missing required field `")[2].rstrip("`")
    if missing:
        return BadRequest(f"{place}.{missing}: missing".removeprefix("body."))
    return BadRequest(f"{place}: {words[:1].lower()}{words[1:]}")

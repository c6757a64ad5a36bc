"""Native and plain copy: JSON or text read into named fields.
Depth is counted before the JSON reader sees a byte.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from makegood.documents.creatives.caps import Caps
from makegood.documents.creatives.kinds import Kind
from makegood.documents.creatives.refusals import UnreadableCreative
from makegood.engine.specs.facts import FileFacts, TextFacts

ALIASES = {
    "title": "title", "headline": "title", "body": "body", "description": "body", "desc": "body", "text": "body",
    "brand": "brand", "sponsored": "brand", "advertiser": "brand", "cta": "cta", "ctatext": "cta",
    "calltoaction": "cta", "url": "url", "clickurl": "url", "landingpage": "url", "link": "url", "image": "image",
    "icon": "icon", "logo": "logo", "script": "script",
}  # fmt: skip
DATA_TYPES = {1: "brand", 2: "body", 12: "cta"}  # OpenRTB Dynamic Native Ads 1.2, section 7.4


def read(path: Path, file: FileFacts, kind: Kind, caps: Caps) -> TextFacts:
    """Facts of copy. Raises UnreadableCreative when it is not UTF-8, not JSON or nested too deeply."""
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError as odd:
        raise UnreadableCreative(
            "The text is not UTF-8.", f"{file.name}, byte {odd.start}", "Save it as UTF-8.", rule="text.encoding"
        ) from odd
    if kind.encoding == "text":
        return TextFacts(file=file, fields=(("script", text.strip()),))
    _refuse_depth(text, file.name, caps)
    try:
        data = json.loads(text)
    except ValueError as wrong:
        raise UnreadableCreative(
            f"The JSON does not parse ({wrong}).", file.name, "Correct it at that place.", rule="text.json"
        ) from wrong
    return TextFacts(file=file, fields=tuple(_fields(data)))


def _refuse_depth(text: str, name: str, caps: Caps) -> None:
    depth, quoted, skip = 0, False, False
    for place, char in enumerate(text):
        if skip:
            skip = False
        elif quoted:
            skip, quoted = char == "\\", char != '"'
        elif char == '"':
            quoted = True
        elif char in "[{":
            depth += 1
            if depth > caps.json_depth:
                raise UnreadableCreative(
                    f"The JSON is nested deeper than {caps.json_depth} levels.", f"{name}, character {place}",
                    "Send the native fields as one flat object.", rule="text.too_deep",
                )  # fmt: skip
        elif char in "]}":
            depth -= 1


def _fields(data: Any) -> list[tuple[str, str]]:
    native = data.get("native", data) if isinstance(data, dict) else data
    assets = native.get("assets") if isinstance(native, dict) else None
    found: list[tuple[str, str]] = []
    if isinstance(assets, list):
        for asset in assets:
            found += _asset(asset if isinstance(asset, dict) else {})
        native = {"link": native.get("link")}
    items = native.items() if isinstance(native, dict) else enumerate(native if isinstance(native, list) else [native])
    for key, value in items:
        name = ALIASES.get(str(key).lower().replace("_", "").replace("-", ""), str(key))
        if isinstance(value, dict):
            value = value.get("url") or value.get("text") or value.get("value")
        if isinstance(value, str):
            found.append((name, value))
    return found


def _asset(asset: dict[str, Any]) -> list[tuple[str, str]]:
    for key, inner, name in (("title", "text", "title"), ("img", "url", "image")):
        part = asset.get(key)
        if isinstance(part, dict) and isinstance(part.get(inner), str):
            return [(name, part[inner])]
    part = asset.get("data")
    if isinstance(part, dict) and isinstance(part.get("value"), str):
        kind = part.get("type")
        return [(DATA_TYPES.get(kind, "data") if isinstance(kind, int) else "data", part["value"])]
    return []

"""Targeting in a cell: 'geo: US-CA, US-NY; not geo: US-CA-803; hour_of_week: 6-20'. Text to engine.targeting's JSON and back."""

import itertools
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from makegood.engine import targeting
from makegood.engine.targeting import TargetingInvalid, Token
from makegood.orders.sheet.values import Unreadable

PART = re.compile(r'(?:[^;"]|"(?:[^"\\]|\\.)*")+')
VALUE = re.compile(r'"(?:[^"\\]|\\.)*"|[^,"]+')
HEAD = re.compile(r'\s*(not\s+)?((?:kv\s+)?"(?:[^"\\]|\\.)*"|[^:"]+?)\s*:(.*)', re.DOTALL | re.IGNORECASE)
PLAIN = re.compile(r"[^\s,;:\"](?:[^,;:\"]*[^\s,;:\"])?")
WHOLE = ("hour_of_week", "placement")
KEY = "kv "


def read(text: str) -> dict[str, Any]:
    """The targeting's canonical JSON; empty text targets nothing in particular. Raises Unreadable naming the part."""
    sides: dict[str, dict[str, list[Token]]] = {}
    for part in PART.findall(text):
        if not part.strip():
            continue
        found = HEAD.fullmatch(part)
        if found is None:
            raise Unreadable(f"“{part.strip()}” is no targeting. Write geo: US-CA, US-NY; device: mobile.")
        name = _name(found[2])
        side = "exclude" if found[1] else "include"
        sides.setdefault(name, {}).setdefault(side, []).extend(_values(name, found[3]))
    row: dict[str, Any] = {}
    for name, choice in sides.items():
        if name.startswith(KEY):
            row.setdefault("key_values", {})[name.removeprefix(KEY)] = choice
        else:
            row[name] = choice
    try:
        return targeting.to_json(targeting.from_json(row))
    except TargetingInvalid as error:
        raise Unreadable(f"{error}.") from error


def written(row: Mapping[str, Any]) -> str:
    """The text of a targeting, in its canonical order. Raises TargetingInvalid when `row` is none."""
    parts = []
    for predicate in targeting.from_json(row).predicates:
        name = predicate.dimension
        head = headed(name)
        if predicate.include:
            parts.append(f"{head}: {listed(name, predicate.include)}")
        if predicate.exclude:
            parts.append(f"not {head}: {listed(name, predicate.exclude)}")
    return "; ".join(parts)


def headed(dimension: str) -> str:
    """How a part of the text begins for a dimension of engine.targeting."""
    return KEY + quoted(dimension.removeprefix("kv:")) if dimension.startswith("kv:") else dimension


def _name(text: str) -> str:
    name = text.strip()
    if name.casefold().startswith(KEY):
        return KEY + _unquoted(name[len(KEY) :].strip())
    return {"hours": "hour_of_week", "audiences": "audience"}.get(name.casefold(), name.casefold())


def _values(name: str, text: str) -> list[Token]:
    found = [_unquoted(one.strip()) for one in VALUE.findall(text) if one.strip()]
    return list(itertools.chain.from_iterable(_whole(name, one) for one in found)) if name in WHOLE else list(found)


def _whole(name: str, text: str) -> Iterable[int]:
    """A whole number, or a span of them."""
    found = re.fullmatch(r"(\d{1,9})(?:\s*[-–]\s*(\d{1,9}))?", text)
    last = int(found[2] or found[1]) if found else -1
    if found is None or last - int(found[1]) > 10_000:
        raise Unreadable(f"{name}: “{text}” is no whole number and no span such as 6-20.")
    return range(int(found[1]), last + 1)


def listed(name: str, values: Iterable[Token]) -> str:
    """The values of a dimension as one part of the text lists them."""
    if name not in WHOLE:
        return ", ".join(quoted(str(one)) for one in sorted(values, key=str))
    runs = itertools.groupby(enumerate(sorted(int(one) for one in values)), key=lambda pair: pair[1] - pair[0])
    spans = [[value for _, value in run] for _, run in runs]
    return ", ".join(str(span[0]) if len(span) == 1 else f"{span[0]}-{span[-1]}" for span in spans)


def quoted(text: str) -> str:
    """A name or value as it stands in the text: in quotes where it would be read as more than one."""
    return text if PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)


def _unquoted(text: str) -> str:
    if not text.startswith('"'):
        return text
    try:
        return str(json.loads(text))
    except ValueError as error:
        raise Unreadable(f"{text} is quoted wrongly.") from error

"""A tag held against the grammar of its version: what is missing, what does not belong, what is out of order.
Source: IAB Tech Lab VAST 2.0, 3.0, 4.0-4.3 and their published schemas.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from makegood.documents.creatives.vast_tag import grammar
from makegood.engine.specs.facts import Spot

NAMESPACE = "http://www.iab.com/VAST"
SHAPES = {
    "integer": re.compile(r"[+-]?\d+"),
    "decimal": re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)"),
    "boolean": re.compile(r"true|false|0|1"),
    "letters": re.compile(r"[a-zA-Z]{3}"),
    "time": re.compile(r"([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[+-]\d\d:\d\d)?"),
    "offset": re.compile(r"\d{2}:[0-5]\d:[0-5]\d(\.\d\d\d)?|1?\d?\d(\.?\d)*%"),
    "left_right": re.compile(r"\d*|left|right"),
    "top_bottom": re.compile(r"\d*|top|bottom"),
}


@dataclass(slots=True)
class Deviations:
    """``broken``: something required is absent or of the wrong kind; ``alien``: it has no place there;
    ``unordered``: it only breaks what strict validators ask.
    """

    broken: list[Spot] = field(default_factory=list)
    alien: list[Spot] = field(default_factory=list)
    unordered: list[Spot] = field(default_factory=list)


def check(root: etree._Element, version: str) -> Deviations:
    """How the tag deviates from the structure of ``version``; nothing for a version nobody published."""
    found = Deviations()
    rules = grammar.of(version[:3])
    if rules is not None:
        if version >= "4" and etree.QName(root).namespace != NAMESPACE:
            found.unordered.append(Spot(f'no xmlns="{NAMESPACE}"', _where(root)))
        _walk(root, (), rules, found)
    return found


def _walk(element: etree._Element, ancestors: tuple[str, ...], rules: grammar.Grammar, found: Deviations) -> None:
    name = etree.QName(element).localname
    rule = rules.element(name, ancestors)
    _attributes(element, rule, rules.version, found)
    if rule.kind and not _fits(rule.kind, (element.text or "").strip()):
        found.broken.append(Spot(f"{name} is not {_named(rule.kind)}: {(element.text or '').strip()[:40]!r}", _where(element)))
    if rule.parts is None:
        return
    children = [child for child in element if isinstance(child.tag, str)]
    _children(element, children, rule, rules.version, found)
    known = {one for part in rule.parts for one in part.names}
    for child in children:
        if etree.QName(child).localname in known:
            _walk(child, (*ancestors, name), rules, found)


def _attributes(element: etree._Element, rule: grammar.Element, version: str, found: Deviations) -> None:
    if rule.attributes is None:
        return
    known = {one.name: one for one in rule.attributes}
    for one in rule.attributes:
        value = element.get(one.name)
        if value is None:
            if one.required:
                found.broken.append(Spot(f"no {one.name} attribute", _where(element)))
        elif one.kind and not _fits(one.kind, value.strip()):
            spots = found.alien if "/" in one.kind else found.broken
            spots.append(Spot(f'{one.name}="{value[:40]}" is not {_named(one.kind)}', _where(element)))
    for key in map(str, element.attrib):
        if not key.startswith("{") and key not in known:
            found.alien.append(Spot(f"VAST {version} has no attribute {key[:40]} here", _where(element)))


def _children(
    element: etree._Element, children: list[etree._Element], rule: grammar.Element, version: str, found: Deviations
) -> None:
    parts = rule.parts or ()
    place = {one: number for number, part in enumerate(parts) for one in part.names}
    names = [etree.QName(child).localname for child in children]
    for name, child in zip(names, children, strict=True):
        if name not in place:
            found.alien.append(Spot(f"VAST {version} has no {name[:40]} here", _where(child)))
    order = [place[name] for name in names if name in place]
    if order != sorted(order) and not rule.free:
        found.unordered.append(Spot("its parts are not in the order of the schema", _where(element)))
    for number, part in enumerate(parts):
        count, words = order.count(number), " or ".join(part.names)
        if count < part.least:
            found.broken.append(Spot(f"no {words}", _where(element)))
        different = {name for name in names if name in part.names}
        if (part.most is not None and count > part.most) or (len(part.names) > 1 and len(different) > 1):
            found.alien.append(Spot(f"{count} times {words}, once is allowed", _where(element)))


def _fits(kind: str, value: str) -> bool:
    return value in kind.split("/") if "/" in kind else SHAPES[kind].fullmatch(value) is not None


def _named(kind: str) -> str:
    known = {"integer": "a whole number", "decimal": "a number", "boolean": "true or false", "letters": "a currency code",
             "time": "a time HH:MM:SS", "offset": "a time HH:MM:SS or a percentage", "left_right": "a place",
             "top_bottom": "a place"}  # fmt: skip
    return known.get(kind) or ("one of its words" if len(kind) > 60 else f"one of {kind.replace('/', ', ')}")


def _where(element: etree._Element) -> str:
    return f"{etree.QName(element).localname}, line {element.sourceline}"

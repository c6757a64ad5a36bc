"""What may stand in what, by version of VAST, read from grammar_3.txt and grammar_4.txt.
Only the notation is known here; a tag is held against it in `structure`.
"""

from __future__ import annotations

import functools
import importlib.resources
import re
from dataclasses import dataclass

ANYTHING = "..."
FREE = "~"
VERSIONS = ("2.0", "3.0", "4.0", "4.1", "4.2", "4.3")
TOKEN = re.compile(
    r"^(?P<names>\([\w|]+\)|\w+|\.\.\.|~)(?P<many>[?+*!]?)(?::(?P<kind>[\w/-]+?))?(?:\{(?P<since>\d\.\d)?(?P<to>-\d\.\d)?\})?$"
)


@dataclass(frozen=True, slots=True)
class Part:
    """Children of one name, or of one of several names; ``most`` None is any number."""

    names: tuple[str, ...]
    least: int
    most: int | None


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute; ``kind`` empty is any text."""

    name: str
    required: bool
    kind: str


@dataclass(frozen=True, slots=True)
class Element:
    """What an element may hold; ``attributes`` or ``parts`` None take anything. ``kind`` is that of its own text.

    ``free`` is True when even the schema asks for no order of its parts.
    """

    kind: str
    attributes: tuple[Attribute, ...] | None
    parts: tuple[Part, ...] | None
    free: bool = False


PLAIN = Element("", (), ())  # an element the tables do not list holds text and nothing else


@dataclass(frozen=True, slots=True)
class Grammar:
    """The elements of one version, under their name or under (name, ancestor)."""

    version: str
    elements: dict[tuple[str, str], Element]

    def element(self, name: str, ancestors: tuple[str, ...]) -> Element:
        """The rule for ``name`` under these ancestors, the nearest that has its own rule for it first."""
        for ancestor in reversed(ancestors):
            if (name, ancestor) in self.elements:
                return self.elements[name, ancestor]
        return self.elements.get((name, ""), PLAIN)


@functools.cache
def of(version: str) -> Grammar | None:
    """The grammar of a version such as 3.0 or 4.2, None for a version nobody published."""
    if version not in VERSIONS:
        return None
    name = "grammar_3.txt" if version < "4" else "grammar_4.txt"
    text = importlib.resources.files("makegood.documents.creatives.vast_tag").joinpath(name).read_text("utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return Grammar(version, dict(_element(line, version) for line in lines))


def _element(line: str, version: str) -> tuple[tuple[str, str], Element]:
    head, attributes, children = (part.strip() for part in line.split("|", 2))
    name, _, kind = (part.strip() for part in head.partition("="))
    name, _, ancestor = name.partition(" in ")
    given, parts = _tokens(attributes, version), _tokens(children, version)
    return (name, ancestor), Element(
        kind,
        None if any(one["names"] == ANYTHING for one in given) else tuple(
            Attribute(one["names"], one["many"] == "!", one["kind"] or "") for one in given),
        None if any(one["names"] == ANYTHING for one in parts) else tuple(
            _part(one) for one in parts if one["names"] != FREE),
        any(one["names"] == FREE for one in parts),
    )  # fmt: skip


def _tokens(text: str, version: str) -> list[re.Match[str]]:
    found = []
    for word in text.split():
        token = TOKEN.match(word)
        if token is None:
            raise ValueError(f"grammar of VAST: {word!r} is not in the notation")
        if (token["since"] or "") <= version <= (token["to"] or "-9")[1:]:
            found.append(token)
    return found


def _part(token: re.Match[str]) -> Part:
    names = tuple(token["names"].strip("()").split("|"))
    return Part(names, int(token["many"] in ("", "+")), None if token["many"] in ("*", "+") else 1)

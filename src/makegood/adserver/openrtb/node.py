"""Objects of JSON with their place in the request, so that every value of the wrong type is named by its path."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from makegood.adserver.adrequest import BadRequest

LONGEST = 4096


@dataclasses.dataclass(frozen=True, slots=True)
class Node:
    """One object; what it does not have reads as empty, what it has of another type raises BadRequest."""

    value: Mapping[str, Any]
    path: str = ""

    def has(self, name: str) -> bool:
        """Tell whether the value is given."""
        return self.value.get(name) is not None

    def node(self, *names: str) -> Node:
        """Return an object reached by names."""
        found = self
        for name in names:
            value = found.value.get(name)
            if value is not None and not isinstance(value, dict):
                raise found.odd(name, "an object")
            found = Node(value or {}, found._at(name))
        return found

    def nodes(self, name: str) -> list[Node]:
        """Return a list of objects."""
        return [self._item(name, n, item) for n, item in enumerate(self._list(name))]

    def text(self, name: str) -> str:
        """Return text, "" when absent; a whole number reads as text."""
        value = self.value.get(name)
        if value is None:
            return ""
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        if not isinstance(value, str) or len(value) > LONGEST:
            raise self.odd(name, f"text of at most {LONGEST} characters")
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a list of texts."""
        found = self._list(name)
        if not all(isinstance(one, str) and len(one) <= LONGEST for one in found):
            raise self.odd(name, "a list of texts")
        return tuple(found)

    def number(self, name: str, otherwise: float = 0.0) -> float:
        """Return a number."""
        value = self.value.get(name)
        if value is None:
            return otherwise
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.odd(name, "a number")
        return float(value)

    def whole(self, name: str) -> int | None:
        """Return a whole number, None when absent; the flags of OpenRTB are 0 and 1."""
        value = self.value.get(name)
        if value is None or (isinstance(value, int) and abs(value) < 2**53):
            return None if value is None else int(value)
        raise self.odd(name, "a whole number")

    def wholes(self, name: str) -> tuple[int, ...]:
        """Return a list of whole numbers."""
        found = self._list(name)
        if not all(isinstance(one, int) for one in found):
            raise self.odd(name, "a list of whole numbers")
        return tuple(found)

    def odd(self, name: str, wanted: str) -> BadRequest:
        """Return the error for a value that is not what was wanted."""
        return BadRequest(f"{self._at(name)}: expected {wanted}")

    def _list(self, name: str) -> list[Any]:
        value = self.value.get(name)
        if value is not None and not isinstance(value, list):
            raise self.odd(name, "a list")
        return value or []

    def _item(self, name: str, number: int, item: object) -> Node:
        if not isinstance(item, dict):
            raise self.odd(f"{name}[{number}]", "an object")
        return Node(item, self._at(f"{name}[{number}]"))

    def _at(self, name: str) -> str:
        return f"{self.path}.{name}" if self.path else name

"""Strict reading of JSON values into frozen dataclasses, each misfit named by its place.

Serves the engine's own file formats (plan, targeting). Knows nothing of what the records mean.
"""

from __future__ import annotations

import dataclasses
import functools
import types
import typing
from typing import Any, Literal


class Misfit(ValueError):
    """A value does not fit its field; the message starts with the field's path."""


def read(kind: Any, value: Any, where: str) -> Any:
    """Turn JSON `value` into `kind` (dataclass, tuple, `X | None`, Literal, dict or scalar); raises Misfit."""
    origin, args = typing.get_origin(kind), typing.get_args(kind)
    if dataclasses.is_dataclass(kind) and isinstance(value, dict):
        return _record(kind, value, where)
    if origin is tuple and isinstance(value, list):
        return tuple(read(args[0], item, f"{where}[{n}]") for n, item in enumerate(value))
    if origin is Literal and value in args:
        return value
    if origin is types.UnionType:
        return None if value is None else read(args[0], value, where)
    if origin is dict and isinstance(value, dict):
        return value
    if kind is float and isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    if isinstance(kind, type) and type(value) is kind:
        return value
    wanted = " | ".join(map(str, args)) if origin is Literal else getattr(kind, "__name__", str(kind))
    raise Misfit(f"{where}: {value!r} is not {wanted}")


@functools.cache
def _hints(kind: Any) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def _record(kind: Any, value: dict[str, Any], where: str) -> Any:
    hints = _hints(kind)
    for unknown in sorted(value.keys() - hints.keys()):
        raise Misfit(f"{where}.{unknown}: unknown field, expected one of {', '.join(sorted(hints))}")
    fields = {name: read(hints[name], item, f"{where}.{name}") for name, item in value.items()}
    missing = [f.name for f in dataclasses.fields(kind) if f.name not in fields and _required(f)]
    if missing:
        raise Misfit(f"{where}.{missing[0]}: missing")
    return kind(**fields)


def _required(field: dataclasses.Field[Any]) -> bool:
    return field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING

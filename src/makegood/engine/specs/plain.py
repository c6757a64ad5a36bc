"""Facts and profiles as plain JSON values and back, by their declared types.
JSON only, so that a child process or a stored row can never smuggle in an object.
"""

from __future__ import annotations

import dataclasses
import functools
import types
import typing
from collections.abc import Hashable
from typing import Any, Union, cast

from makegood.engine.specs import facts as f


def to_json(facts: f.Facts) -> dict[str, Any]:
    """Facts as a JSON object with its ``kind`` beside the fields."""
    return {"kind": f.kind_of(facts), **dataclasses.asdict(facts)}


def from_json(data: dict[str, Any]) -> f.Facts:
    """The facts that `to_json` wrote. Raises ValueError for an unknown kind or a field of the wrong type."""
    body = dict(data)
    kind = body.pop("kind", None)
    if kind not in f.KINDS:
        raise ValueError(f"facts: unknown kind {kind!r}; use one of {', '.join(f.KINDS)}")
    return cast(f.Facts, build(f.KINDS[kind], body, kind))


def build(declared: Any, value: Any, where: str) -> Any:
    """``value`` (plain JSON) as an instance of the declared type. Raises ValueError naming the place."""
    origin = typing.get_origin(declared)
    if dataclasses.is_dataclass(declared):
        return _record(cast(type[Any], declared), value, where)
    if origin is tuple:
        return _sequence(typing.get_args(declared), value, where)
    if origin in (Union, types.UnionType):
        options = [a for a in typing.get_args(declared) if a is not type(None)]
        return None if value is None else build(options[0], value, where)
    if declared is float and type(value) is int:
        return float(value)
    if isinstance(declared, type) and type(value) is declared:
        return value
    raise ValueError(f"{where}: expected {getattr(declared, '__name__', declared)}, found {value!r:.60}")


def _record(cls: type[Any], value: Any, where: str) -> Any:
    if not isinstance(value, dict):
        raise ValueError(f"{where}: expected an object, found {value!r:.60}")
    hints = _hints(cast(Hashable, cls))
    unknown = sorted(set(value) - set(hints))
    if unknown:
        raise ValueError(f"{where}: unknown field {unknown[0]!r}")
    try:
        return cls(**{key: build(hints[key], item, f"{where}.{key}") for key, item in value.items()})
    except TypeError as missing:
        raise ValueError(f"{where}: {missing}") from missing


@functools.cache
def _hints(cls: Hashable) -> dict[str, Any]:
    return typing.get_type_hints(cls)


def _sequence(arguments: tuple[Any, ...], value: Any, where: str) -> tuple[Any, ...]:
    if not isinstance(value, list | tuple):
        raise ValueError(f"{where}: expected a list, found {value!r:.60}")
    if len(arguments) == 2 and arguments[1] is Ellipsis:
        return tuple(build(arguments[0], item, f"{where}[{i}]") for i, item in enumerate(value))
    if len(arguments) != len(value):
        raise ValueError(f"{where}: expected {len(arguments)} values, found {len(value)}")
    return tuple(build(t, item, f"{where}[{i}]") for i, (t, item) in enumerate(zip(arguments, value, strict=True)))

"""A problem as JSON and back, so that an edit days later is answered from what was known when the plan was made."""

from __future__ import annotations

import math
from typing import Any

import msgspec

from makegood.engine.planner.records import Problem


def to_json(problem: Problem) -> dict[str, Any]:
    """Plain JSON; what is without bound is left out, as JSON has no infinity."""
    found: dict[str, Any] = _finite(msgspec.to_builtins(problem))
    return found


def from_json(row: dict[str, Any]) -> Problem:
    """The problem again. Raises msgspec.ValidationError naming the place."""
    return msgspec.convert(row, Problem)


def _finite(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _finite(one) for key, one in value.items() if not (isinstance(one, float) and math.isinf(one))}
    return [_finite(one) for one in value] if isinstance(value, list | tuple) else value

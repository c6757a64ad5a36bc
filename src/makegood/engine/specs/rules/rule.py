"""What a rule is: a code, a title, how its demand reads in words, and one check for each kind of facts.
And the few phrases all rules share.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from makegood.engine.specs.facts import Facts
from makegood.engine.specs.findings import Fault

Check = Callable[[Any, Any], Iterable[Fault]]
KB = 1024


@dataclass(frozen=True, slots=True)
class Rule:
    """``phrase`` turns the demanded value into words; ``checks`` maps a facts class to its check (facts, value)."""

    code: str
    title: str
    phrase: Callable[[Any], str]
    checks: dict[type[Facts], Check] = field(default_factory=dict)


def fixed(words: str) -> Callable[[Any], str]:
    """A phrase that does not depend on the value."""
    return lambda _: words


def kb(weight_bytes: float) -> str:
    """Bytes as KB of 1,024, rounded up so that no excess is hidden."""
    return f"{math.ceil(weight_bytes / KB):,} KB"


def number(value: float) -> str:
    """A number without needless zeros, with a true minus sign."""
    return f"{value:,.2f}".rstrip("0").rstrip(".").replace("-", "−")


def counted(count: int, thing: str) -> str:
    """``1 word``, ``2 words``."""
    return f"{count:,} {thing}" if count == 1 else f"{count:,} {thing}s"


def listed(values: Iterable[Any]) -> str:
    """a, b or c."""
    words = [number(v) if isinstance(v, int | float) else str(v) for v in values]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}" if words else "none"


def between(value: Any, unit: str) -> str:
    """A range [low, high], either end null, in words."""
    low, high = value
    if low is None:
        return f"at most {number(high)} {unit}"
    return f"at least {number(low)} {unit}" if high is None else f"{number(low)} to {number(high)} {unit}"

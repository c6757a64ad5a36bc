"""A rule set from its JSON, with the place of what is wrong."""

import ipaddress
import json
import pathlib
from collections.abc import Mapping
from typing import Any

from makegood.core.errors import Invalid
from makegood.engine.counting import Reason, RuleSet

NAMES = {"version", "from", "words", "reasons", "joined", "per_minute", "click_after_ms", "bots", "networks"}
ALWAYS = (Reason.DUPLICATE, Reason.EXPIRED_SIGNATURE)
RATES = ("impression", "click")


def read(path: pathlib.Path) -> dict[str, Any]:
    """The JSON object of a file, checked. Raises Invalid naming file and key."""
    try:
        data: dict[str, Any] = json.loads(path.read_text())
        rule_set(data)
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise Invalid(f"it is no rule set: {error}.", place=str(path), remedy="See docs/reference/counting.md.") from error
    return data


def rule_set(data: Mapping[str, Any]) -> RuleSet:
    """The arithmetic's RuleSet; raises ValueError naming the key."""
    if unknown := set(data) - NAMES:
        raise ValueError(f"unknown key {sorted(unknown)[0]!r}")
    reasons = frozenset(Reason(name) for name in data["reasons"])
    if missing := [one for one in ALWAYS if one not in reasons]:
        raise ValueError(f"reasons: {missing[0]} always filters")
    per_minute = dict(data.get("per_minute", {}))
    if wrong := [name for name, most in per_minute.items() if name not in RATES or not isinstance(most, int) or most < 1]:
        raise ValueError(f"per_minute.{wrong[0]}: impression or click, one or more")
    if per_minute and Reason.IMPOSSIBLE_RATE not in reasons:
        raise ValueError("per_minute: impossible_rate is not among the reasons")
    return RuleSet(
        version=str(data["version"])[:20], reasons=reasons,
        joined={Reason(one): Reason(other) for one, other in data.get("joined", {}).items()},
        per_minute=per_minute, click_after_ms=int(data.get("click_after_ms", 0)),
        bots=tuple(str(one).lower() for one in data.get("bots", ())),
        networks=tuple((n.version, int(n[0]), int(n[-1])) for n in map(ipaddress.ip_network, data.get("networks", ()))),
    )  # fmt: skip

"""One look at an ad server process: plan, faults, counters. A dead one is a status too, never an exception."""

import dataclasses
import json
import re
import urllib.error
import urllib.request
from collections.abc import Mapping
from typing import Any

WITHIN_S = 2.0
LARGEST = 1 << 20
SAMPLE = re.compile(r"^(?P<name>[a-z_]+)(?:\{[a-z_]+=\"(?P<label>[^\"]*)\"[^}]*\})? (?P<value>[-+0-9.e]+)$", re.MULTILINE)


@dataclasses.dataclass(frozen=True)
class Status:
    """What a server answered. `reached` is false with the reason in `error` when it did not.

    `plan_error` says why a newer plan is refused, `event_log_error` why events cannot be written (it then sheds load).
    `counters` are name -> label ("" without one) -> value, of the one process that answered.
    """

    reached: bool
    error: str = ""
    state: str = ""
    plan_version: int = 0
    plan_made_at: str = ""
    plan_error: str = ""
    event_log_error: str = ""
    flights: int = 0
    counters: Mapping[str, Mapping[str, float]] = dataclasses.field(default_factory=dict)


def status(url: str) -> Status:
    """Ask the server at `url` (http://host:port) for its health and counters."""
    try:
        health = json.loads(_get(f"{url}/health"))
        counters = _counters(_get(f"{url}/metrics"))
    except (OSError, ValueError) as error:
        return Status(False, f"{url} did not answer: {getattr(error, 'reason', None) or error}")
    if not isinstance(health, dict):
        return Status(False, f"{url}/health answered something else")
    return _of(health, counters)


def _of(health: dict[str, Any], counters: Mapping[str, Mapping[str, float]]) -> Status:
    return Status(
        True, state=str(health.get("status", "")), plan_version=int(health.get("version") or 0), plan_made_at=str(health.get("made_at") or ""),
        plan_error=str(health.get("error") or ""), event_log_error=str(health.get("event_log_error") or ""), flights=int(health.get("flights") or 0),
        counters=counters,
    )  # fmt: skip


def _get(url: str) -> str:
    """The body, also of a 503: an ad server that sheds load says so with one."""
    try:
        with urllib.request.urlopen(url, timeout=WITHIN_S) as answer:
            return str(answer.read(LARGEST).decode())
    except urllib.error.HTTPError as error:
        if error.code == 503:
            return str(error.read(LARGEST).decode())
        raise


def _counters(text: str) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {}
    for sample in SAMPLE.finditer(text):
        values = found.setdefault(sample["name"], {})
        values[sample["label"] or ""] = values.get(sample["label"] or "", 0.0) + float(sample["value"])
    return found

"""Rules for an ad as it ran: what it asked for, how it moved, sounded and clicked, held against the profile of its file.

Where a profile demands the same of the file as read (requests, animation, sound), its value, severity and source hold here too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from makegood.engine.specs.findings import SEVERITIES, Fault, Finding
from makegood.engine.specs.profile import Profile, Requirement
from makegood.engine.specs.rules.rule import counted, fixed, listed, number
from makegood.engine.specs.run import RunFacts

STOP_S = 15.0
_IAB, _WHEN, _HOUSE = "IAB New Ad Portfolio, fixed-size display guidelines", "2017-07", "Makegood default, no public source"
Check = Callable[[RunFacts, Any], Iterator[Fault]]


@dataclass(frozen=True, slots=True)
class RunRule:
    """`usual` holds where the profile demands nothing of `sibling`, the rule for the file as read."""

    title: str
    phrase: Callable[[Any], str]
    check: Check
    usual: Requirement
    sibling: str = ""


def check(facts: RunFacts, profile: Profile) -> list[Finding]:
    """Findings of one run, worst first."""
    found = []
    for code, rule in RULES.items():
        need = next((one for one in profile.requirements if one.rule == rule.sibling), rule.usual)
        found += [
            Finding(code, fault.severity or need.severity, fault.found, rule.phrase(need.value), fault.where, fault.fix, need.cited)
            for fault in rule.check(facts, need.value)
        ]
    return sorted(found, key=lambda finding: SEVERITIES.index(finding.severity))


def not_run(why: str, remedy: str) -> Finding:
    """What is said where an ad could not be run at all."""
    return Finding("run_not_run", "info", why, "a run in the jail", "this machine", remedy, f"{_HOUSE}, 2026-11")


def stopped(found: str) -> Finding:
    """What is said of an ad whose run had to be ended."""
    fix = "Take out what keeps it busy: it must load, move and come to rest by itself."
    return Finding("run_stopped", "block", found, "a run that ends by itself", "zip", fix, f"{_HOUSE}, 2026-11")


def stop_s(profile: Profile) -> float:
    """Seconds after which the ad must stand still."""
    return float(profile.value("max_animation_s") or STOP_S)


def _requests(facts: RunFacts, most: float) -> Iterator[Fault]:
    if len(facts.requests) > most:
        many = counted(len(facts.requests), "request")
        yield Fault(many, f"Combine scripts, styles and pictures: {many} must come down to {number(most)}.", facts.requests[0].what)


def _load(facts: RunFacts, most: float) -> Iterator[Fault]:
    if facts.load_s > most:
        yield Fault(f"{number(facts.load_s)} s", "Load less before the first picture, and do less in scripts.", facts.requests[0].what if facts.requests else "zip")


def _cpu(facts: RunFacts, most: float) -> Iterator[Fault]:
    if facts.cpu_share * 100 > most:
        share = f"{number(round(facts.cpu_share * 100))} % of a processor"
        yield Fault(share, "Animate with CSS transforms, fewer layers and no script in every frame.", "script")


def _outside(facts: RunFacts, allowed: Any) -> Iterator[Fault]:
    hosts = allowed if isinstance(allowed, list) else []
    for spot in facts.outside:
        host = (urlsplit(spot.what).hostname or "").lower()
        if not any(host == one or host.endswith(f".{one}") for one in hosts):
            yield Fault(f"asks for {spot.what[:120]}", f"Put what it needs from {host or 'there'} into the zip.", spot.where)


def _complete(facts: RunFacts, _: Any) -> Iterator[Fault]:
    for spot in facts.absent:
        yield Fault(f"{spot.what} is not there", f"Add {spot.what} to the zip, or correct its relative path (mind capitals).", spot.where)


def _errors(facts: RunFacts, _: Any) -> Iterator[Fault]:
    for spot in facts.errors:
        if not spot.what.startswith("Failed to load resource"):  # those are requests, told above
            yield Fault(spot.what[:160], "Mend the error: open the page with the browser's console to see it.", spot.where)


def _still(facts: RunFacts, limit: float) -> Iterator[Fault]:
    if facts.moving_after_s is not None:
        yield Fault(f"still moves after {number(facts.moving_after_s)} s", f"Let all movement end within {number(limit)} s.", "picture")


def _sound(facts: RunFacts, _: Any) -> Iterator[Fault]:
    for spot in facts.sounds:
        yield Fault(f"is heard by itself ({spot.what[:80]})", "Start muted; sound begins when somebody asks for it.", spot.where)


def _click(facts: RunFacts, _: Any) -> Iterator[Fault]:
    if facts.click_tag in facts.opened:
        return
    found = f"a click opens {listed(facts.opened)[:120]}" if facts.opened else "a click opens nothing"
    yield Fault(found, "Open window.clickTag on a click, as it is when the click comes.", "click")


def _unasked(facts: RunFacts, _: Any) -> Iterator[Fault]:
    for spot in facts.unasked:
        yield Fault(f"goes to {spot.what[:120]} by itself", "Open pages only when somebody clicks.", spot.where)
    for spot in facts.dialogs:
        yield Fault(f"shows a box ({spot.where}): {spot.what[:80]}", "Take the box out: ads may not stop the page.", spot.where)


def _house(code: str, value: Any, severity: str) -> Requirement:
    return Requirement(code, value, severity, _HOUSE, "2026-11")


RULES = {
    "run_requests": RunRule("Requests when run", lambda v: f"at most {number(v)}", _requests, Requirement("run_requests", 10, "warn", _IAB, _WHEN), "max_requests"),
    "run_load": RunRule("Time to load", lambda v: f"at most {number(v)} s", _load, _house("run_load", 3, "warn")),
    "run_cpu": RunRule("Processor", lambda v: f"at most {number(v)} %", _cpu, Requirement("run_cpu", 30, "warn", _IAB, _WHEN)),
    "run_outside": RunRule("Outside requests when run", fixed("only files of the zip"), _outside, _house("run_outside", [], "block"), "self_contained"),
    "run_complete": RunRule("Files when run", fixed("every file it asks for"), _complete, _house("run_complete", True, "block"), "complete"),
    "run_errors": RunRule("Script errors", fixed("none"), _errors, _house("run_errors", True, "warn")),
    "run_still": RunRule("Movement when run", lambda v: f"stands still after {number(v)} s", _still, _house("run_still", STOP_S, "block"), "max_animation_s"),
    "run_sound": RunRule("Sound when run", fixed("silent until somebody asks"), _sound, Requirement("run_sound", True, "block", _IAB, _WHEN), "muted"),
    "run_click": RunRule("Click when run", fixed("opens the click tag"), _click, _house("run_click", True, "block"), "click_tag"),
    "run_unasked": RunRule("Left alone", fixed("opens nothing by itself"), _unasked, _house("run_unasked", True, "block")),
}  # fmt: skip
TITLES = {code: rule.title for code, rule in RULES.items()} | {"run_not_run": "Not run", "run_stopped": "Run ended"}

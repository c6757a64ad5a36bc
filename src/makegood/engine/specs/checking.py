"""Facts against a profile: every requirement that applies is checked, every fault becomes a finding.
Pure: the same facts and profile always give the same findings in the same order.
"""

from __future__ import annotations

from dataclasses import dataclass

from makegood.engine.specs.facts import Facts, kind_of
from makegood.engine.specs.findings import SEVERITIES, Finding
from makegood.engine.specs.profile import BadProfile, Profile, Requirement
from makegood.engine.specs.rules import HOUSE, RULES

KIND_NAMES = {
    "image": "a picture", "html5": "an HTML5 zip", "audio": "an audio file", "video": "a video file",
    "vast": "a VAST tag", "native": "a text",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Need:
    """One requirement in words, for the page that tells a client what to send."""

    rule: str
    title: str
    required: str
    severity: str
    source: str


def check(facts: Facts, profile: Profile) -> list[Finding]:
    """Findings, worst first, then in the profile's order. Raises BadProfile for a rule nobody knows."""
    kind = kind_of(facts)
    if kind not in profile.accepts:
        names = " or ".join(KIND_NAMES[one] for one in profile.accepts)
        return [Finding("format", "block", KIND_NAMES[kind], names, facts.file.name,
                        f"Send {names} for {profile.name}.", f"{profile.name}, version {profile.version}")]  # fmt: skip
    said = {need.rule for need in profile.requirements}
    needs = [*(need for need in HOUSE if need.rule not in said), *profile.requirements]
    found = [finding for need in needs for finding in _apply(facts, need, profile)]
    return sorted(found, key=lambda finding: SEVERITIES.index(finding.severity))


def needs(profile: Profile) -> tuple[Need, ...]:
    """The profile in words, in its own order. Raises BadProfile for a rule nobody knows."""
    return tuple(
        Need(need.rule, RULES[need.rule].title, RULES[need.rule].phrase(need.value), need.severity, _source(need))
        for need in profile.requirements
        if _known(need, profile)
    )


def _apply(facts: Facts, need: Requirement, profile: Profile) -> list[Finding]:
    _known(need, profile)
    rule = RULES[need.rule]
    test = rule.checks.get(type(facts))
    if test is None:
        return []
    return [
        Finding(need.rule, fault.severity or need.severity, fault.found, rule.phrase(need.value), fault.where, fault.fix,
                _source(need))
        for fault in test(facts, need.value)
    ]  # fmt: skip


def _source(need: Requirement) -> str:
    """Who demands it; where sources contradict each other, what the others say."""
    others = [f"{rival.source} says {RULES[need.rule].phrase(rival.value)}" for rival in need.rivals]
    return f"{need.cited} (sources disagree: {'; '.join(others)})" if others else need.cited


def _known(need: Requirement, profile: Profile) -> bool:
    if need.rule not in RULES:
        raise BadProfile(f"{profile.label}: unknown rule {need.rule!r}; known are {', '.join(sorted(RULES))}")
    return True

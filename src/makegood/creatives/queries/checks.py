"""The table of checks of several creatives: what is wrong first, each with found, limit and fix; what passed, summed up."""

import dataclasses
from collections.abc import Iterable, Sequence

from makegood.creatives import guidance
from makegood.creatives.models import Creative, Version
from makegood.engine import specs
from makegood.engine.specs import plain
from makegood.engine.specs.rules import HOUSE, RULES

WORDS = {"block": ("risk", "Fail"), "warn": ("watch", "Warn"), "info": ("", "Note")}
ORDER = ("block", "warn", "info", "pass")


@dataclasses.dataclass(frozen=True)
class Row:
    """One finding, or all that passed of one creative."""

    creative: Creative
    check: str
    found: str
    limit: str
    severity: str
    tone: str
    word: str
    fix: str
    where: str = ""
    source: str = ""
    next_number: int = 0


def rows(pairs: Iterable[tuple[Creative, Version]]) -> list[Row]:
    """Failures, warnings, notes, passes; within each in the order given."""
    found = [row for creative, version in pairs for row in [*_findings(creative, version), *_passes(creative, version)]]
    return sorted(found, key=lambda row: ORDER.index(row.severity))


def _findings(creative: Creative, version: Version) -> list[Row]:
    made = []
    for finding in version.findings:
        tone, word = WORDS[finding["severity"]]
        made.append(
            Row(
                creative, guidance.title(finding["rule"]), finding["found"], finding["required"], finding["severity"], tone, word,
                finding["fix"], finding["where"], finding["source"],
                version.number + 1 if finding["severity"] == "block" else 0,
            )
        )  # fmt: skip
    return made


def _passes(creative: Creative, version: Version) -> list[Row]:
    titles = passed(version)
    if not titles:
        return []
    names = ", ".join(titles[:3]) + (f" and {len(titles) - 3} more" if len(titles) > 3 else "")
    return [Row(creative, names, f"{len(titles)} of {len(titles)}", "all", "pass", "ok", "Pass", "")]


def passed(version: Version) -> Sequence[str]:
    """Titles of the profile's and the house's rules that apply to this kind of file and found nothing."""
    if version.profile is None:
        return ()
    profile = specs.Profile.from_json(version.profile.body)
    kind = type(plain.from_json(version.facts))
    broken = {finding["rule"] for finding in version.findings}
    asked = dict.fromkeys(need.rule for need in (*profile.requirements, *HOUSE))
    return [RULES[rule].title for rule in asked if rule in RULES and kind in RULES[rule].checks and rule not in broken]

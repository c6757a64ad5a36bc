"""Creative files made by seed, good ones and ones with one planted fault each, with the finding each must lead to.

Held against the checks by `bench corpus` and by the tests; nothing here checks.
"""
import dataclasses
import random
from collections.abc import Iterator
from pathlib import Path

from bench.creative_files import bundles, copies, films, pictures, sounds, strangers, tags
from bench.creative_files.case import Case
from makegood.documents.creatives import report
from makegood.engine import specs

GROUPS = {"pictures": pictures, "bundles": bundles, "copies": copies, "tags": tags, "strangers": strangers, "sounds": sounds, "films": films}


@dataclasses.dataclass(frozen=True)
class Outcome:
    """What the check said of one case. `found`: the planted rule at the planted place; `false`: rules that block and were not planted."""

    case: Case
    verdict: str
    found: bool
    false: tuple[str, ...]


def cases(seed: int, groups: tuple[str, ...] = tuple(GROUPS)) -> Iterator[Case]:
    """Every case of those groups, in their order."""
    for group in groups:
        yield from GROUPS[group].cases(random.Random(f"{group} {seed}"))


def judge(case: Case, folder: Path) -> Outcome:
    """Write the file, check it as a stranger's, and compare with what was planted."""
    path = folder / case.name
    case.write(path)
    told = report(path, case.held_against)
    path.unlink()
    return compare(case, told["verdict"], told["findings"])


def compare(case: Case, verdict: str, findings: list[dict[str, str]]) -> Outcome:
    """The findings against the case."""
    planted = [one for one in findings if case.rule and one["rule"].startswith(case.rule)]
    found = any(case.where in one["where"] for one in planted)
    expected = (case.rule or "none", *case.also)
    false = tuple(one["rule"] for one in findings if one["severity"] == "block" and not one["rule"].startswith(expected))
    return Outcome(case, verdict, found, false)


def rules_demanded() -> set[str]:
    """Rules that a shipped profile or the house names."""
    from makegood.engine.specs.rules import HOUSE

    return {need.rule for profile in specs.profiles() for need in profile.requirements} | {need.rule for need in HOUSE}

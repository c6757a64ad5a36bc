"""A wrapper tag followed to its end: what each step answered, in facts; depth, loops, dead ends and the end itself, in findings.

Depth by IAB Tech Lab VAST 4.2, section 2.3.4.2: players follow five wrappers and then give up.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass

from makegood.engine.specs import checking
from makegood.engine.specs.facts import VastFacts
from makegood.engine.specs.findings import SEVERITIES, Finding
from makegood.engine.specs.profile import Profile

MOST = 5
SOURCE = "IAB Tech Lab VAST 4.2, 2019-06"
OF_END = "run_wrapped_"
ASKED_OF_THE_END = ("wrappers", "file_name", "hidden_content")
"""Rules about the file that was sent, not about what a server answers."""


@dataclass(frozen=True, slots=True)
class Step:
    """One tag asked for: `depth` from 1, `fault` why it gave no tag, `loop` when it had been asked on the way here."""

    url: str
    depth: int
    fault: str = ""
    loop: bool = False
    found: VastFacts | None = None


def check(steps: tuple[Step, ...], profile: Profile) -> list[Finding]:
    """Findings of the whole walk, worst first; the end is held against the profile as if it had been sent."""
    found = [finding for step in steps for finding in (*_way(step), *_end(step, profile))]
    return sorted(found, key=lambda finding: SEVERITIES.index(finding.severity))


def _way(step: Step) -> Iterator[Finding]:
    def fault(rule: str, found: str, required: str, fix: str) -> Finding:
        return Finding(f"run_wrapper_{rule}", "block", found, required, step.url[:300], fix, SOURCE)

    if not step.url.startswith("https:"):
        yield fault("https", f"step {step.depth} goes to {step.url[:120]}", "https at every step", "Change the wrapped address to https.")
    if step.loop:
        yield fault("loop", f"step {step.depth} leads back to {step.url[:120]}", "a way that ends", "Correct the wrapper: players would go in a circle.")
    elif step.fault:
        yield fault("answer", f"step {step.depth}: {step.fault[:160]}", "a VAST tag", "Check that the wrapped tag is live and public.")
    elif step.depth > MOST:
        yield fault("depth", f"more than {MOST} wrappers", f"at most {MOST} wrappers", "Send a tag nearer to the inline ad: players give up.")


def _end(step: Step, profile: Profile) -> Iterator[Finding]:
    if step.found is None or any(ad.kind == "wrapper" for ad in step.found.ads):
        return
    for finding in checking.check(step.found, profile):
        if finding.rule not in ASKED_OF_THE_END:
            yield dataclasses.replace(finding, rule=f"{OF_END}{finding.rule}", where=f"{step.url[:200]}, {finding.where}")

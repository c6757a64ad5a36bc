"""What a check says: a finding with its place, its fix and its source, and the verdict over all of them.
Nothing here knows a rule.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass

SEVERITIES = ("block", "warn", "info")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing a rule found: ``found`` and ``fix`` in the client's words, ``where`` the place in the file."""

    found: str
    fix: str
    where: str = "file"
    severity: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault with the rule it breaks. ``severity`` is block, warn or info; ``source`` names who demands it and when."""

    rule: str
    severity: str
    found: str
    required: str
    where: str
    fix: str
    source: str

    def to_json(self) -> dict[str, str]:
        """Plain values."""
        return asdict(self)


def worst(findings: Iterable[Finding]) -> str:
    """block when anything blocks, warn when anything warns, else pass."""
    severities = {finding.severity for finding in findings}
    return next((one for one in ("block", "warn") if one in severities), "pass")


def verdict(findings: Iterable[Finding]) -> str:
    """The same in the words of a creative's record: fail, warn or pass."""
    found = worst(findings)
    return "fail" if found == "block" else found

"""A creative file's report: probed in the guarded child, checked against a profile, as plain values.
The one form printed by the command line, kept by the records and shown on pages.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from makegood.documents.creatives import kinds
from makegood.documents.creatives.guarded import probe_guarded
from makegood.documents.creatives.refusals import UnreadableCreative
from makegood.engine import specs


def report(path: Path, profile: specs.Profile | None = None, *, name: str | None = None) -> dict[str, Any]:
    """file, format, profile, verdict and findings of one file; the profile is chosen when none is given.

    A file that cannot be read is a failed report with one blocking finding, not an error.
    Raises UnknownProfile when no shipped profile takes this kind of file.
    """
    called = name or path.name
    try:
        facts = probe_guarded(path, called)
    except UnreadableCreative as refusal:
        return _form(called, _announced(path, called), profile.label if profile else "none", [refused(refusal)])
    chosen = profile or specs.choose(facts, specs.profiles())
    return _form(called, specs.kind_of(facts), chosen.label, specs.check(facts, chosen))


def _announced(path: Path, called: str) -> str:
    """The format the first bytes announce, "unknown" when they announce none that is taken."""
    try:
        with path.open("rb") as stream:
            return kinds.recognise(stream.read(kinds.HEAD_BYTES), where=called).format
    except (UnreadableCreative, OSError):
        return "unknown"


def refused(refusal: UnreadableCreative) -> specs.Finding:
    """A refusal as the blocking finding it amounts to."""
    return specs.Finding(
        rule=refusal.rule, severity="block", found=refusal.reason, required="a file that opens safely",
        where=refusal.where, fix=refusal.remedy, source="Makegood file safety, 2026-11",
    )  # fmt: skip


def _form(file: str, kind: str, profile: str, findings: list[specs.Finding]) -> dict[str, Any]:
    return {
        "file": file, "format": kind, "profile": profile, "verdict": specs.worst(findings),
        "findings": [finding.to_json() for finding in findings],
    }  # fmt: skip

"""A creative file's report: probed in the guarded child, checked against a profile, as plain values.
The one form printed by the command line, kept by the records and shown on pages.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from makegood.documents.creatives import kinds
from makegood.documents.creatives.guarded import corrected, probe_guarded
from makegood.documents.creatives.refusals import UnreadableCreative
from makegood.engine import specs


def report(path: Path, profile: specs.Profile | None = None, *, name: str | None = None) -> dict[str, Any]:
    """file, format, profile, verdict and findings of one file; the profile is chosen when none is given.

    A file that cannot be read is a failed report with one blocking finding, not an error.
    Raises UnknownProfile when no shipped profile takes this kind of file.
    """
    called = (name or path.name).encode(errors="replace").decode()  # a disk's names need not be text
    try:
        facts = probe_guarded(path, called)
    except UnreadableCreative as refusal:
        return _form(called, _announced(path, called), profile.label if profile else "none", [refused(refusal)])
    chosen = profile or specs.choose(facts, specs.profiles())
    return _form(called, specs.kind_of(facts), chosen.label, specs.check(facts, chosen))


def propose(path: Path, target: Path, profile: specs.Profile | None = None) -> dict[str, Any]:
    """Write ``target``: the file with its sound at the loudness its profile asks for. Returns what was and is measured.

    The profile is chosen when none is given. Raises UnreadableCreative for a file without sound, one that cannot be
    written here, and a profile that asks for no loudness.
    """
    facts = probe_guarded(path, path.name)
    chosen = profile or specs.choose(facts, specs.profiles())
    wanted = chosen.value("loudness_lufs")
    if wanted is None:
        raise UnreadableCreative(f"The profile {chosen.code} asks for no loudness.", path.name, "Name a profile that does.",
                                 rule="media.not_corrected")  # fmt: skip
    ceiling = chosen.value("max_true_peak_dbtp")
    data = corrected(path, lufs=wanted["target"], peak_dbtp=-1.0 if ceiling is None else ceiling)
    target.write_bytes(data)
    after = probe_guarded(target, target.name)
    return {"file": target.name, "profile": chosen.label, "before": _heard(facts), "after": _heard(after)}


def _heard(facts: specs.Facts) -> dict[str, float | None]:
    sound = getattr(facts, "sound", None)
    return {"loudness_lufs": sound and sound.integrated_lufs, "true_peak_dbtp": sound and sound.true_peak_dbtp}


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

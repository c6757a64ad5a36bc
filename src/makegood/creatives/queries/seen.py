"""What the machine saw of a creative: its last run with pictures, and its landing page at the last look."""

import dataclasses
from typing import Any

from makegood.creatives import guidance
from makegood.creatives.models import Landing, Run, RunPicture, Version
from makegood.creatives.states import UNDECIDED

MOMENTS = {"1": "after 1 s", "5": "after 5 s", "end": "at the end"}


@dataclasses.dataclass(frozen=True)
class Picture:
    """One picture of a run and when it was taken, in words."""

    file_id: int
    moment: str


@dataclasses.dataclass(frozen=True)
class Fault:
    """One finding of a landing page in words."""

    title: str
    found: str
    fix: str
    tone: str


@dataclasses.dataclass(frozen=True)
class Seen:
    """`run` and `landing` are None where nothing was run or looked at yet; `hosts` are those the ad asked for beyond its files."""

    run: Run | None
    pictures: tuple[Picture, ...]
    hosts: tuple[str, ...]
    landing: Landing | None
    faults: tuple[Fault, ...]
    waits: bool
    """Whether it is still to be run."""

    @property
    def steps(self) -> list[dict[str, Any]]:
        """Tags a VAST wrapper led to, in order."""
        return self.run.facts.get("wrappers", []) if self.run else []

    @property
    def cpu_percent(self) -> int:
        """Of one processor."""
        return round(float(self.run.facts.get("cpu_share", 0)) * 100) if self.run else 0

    @property
    def requests(self) -> int:
        """At first load."""
        return len(self.run.facts.get("requests", ())) if self.run else 0


def of(version: Version) -> Seen:
    """What was seen of `version` and of where its creative leads."""
    run = version.runs.order_by("-at", "-pk").first()
    pictures = {one.moment: one for one in RunPicture.objects.filter(run=run)} if run else {}
    landing = Landing.objects.filter(creative=version.creative_id).select_related("picture").order_by("-at", "-pk").first()
    faults = [
        Fault(guidance.title(one["rule"]), one["found"], one["fix"], "risk" if one["severity"] == "block" else "watch")
        for one in (landing.findings if landing else ()) if one["severity"] != "info"
    ]  # fmt: skip
    waits = run is None and version.kind == "html" and version.status in UNDECIDED
    shown = tuple(Picture(pictures[moment].file_id, words) for moment, words in MOMENTS.items() if moment in pictures)
    return Seen(run, shown, _hosts(run), landing, tuple(faults), waits)


def _hosts(run: Run | None) -> tuple[str, ...]:
    asked = run.facts.get("outside", ()) if run else ()
    return tuple(sorted({one["what"].split("/")[2] for one in asked if one["what"].count("/") >= 2}))

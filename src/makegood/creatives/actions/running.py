"""Running a received bundle in the jail and keeping what it did: facts, findings, pictures; back to the client when it blocks.

The run itself takes a quarter of a minute and is outside of any transaction; keeping it is one.
"""

import dataclasses
import datetime
import pathlib
from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings

from makegood.adserver import clicktag
from makegood.connectors import browser
from makegood.core import files, transitions, verbs
from makegood.creatives import asking, guidance
from makegood.creatives.models import Run, RunPicture, Version
from makegood.engine import specs
from makegood.engine.specs import running
from makegood.engine.specs.findings import Finding

OF_RUNS = "run_"
DOCTOR = "Run makegood doctor on the machine that does the checks."
Runner = Callable[..., browser.Ran]


def run(version: Version, *, at: datetime.datetime, runner: Runner = browser.run_ad) -> Run:
    """Run the bundle of `version` as the ad server would serve it and keep what was seen, or why it was not run."""
    profile = specs.Profile.from_json(version.profile.body) if version.profile else None
    folder, _, entry = version.asset_path.partition("/")
    size = (version.facts.get("width") or 300, version.facts.get("height") or 250)
    stop_s = running.stop_s(profile) if profile else running.STOP_S
    hosts = (profile.value("self_contained") if profile else None) or []
    try:
        ran = runner(
            pathlib.Path(settings.ASSETS_FOLDER) / folder, entry, size, script=clicktag.script(), stop_s=stop_s, hosts=hosts,
            limits=settings.FETCH_LIMITS,
        )  # fmt: skip
    except browser.NoBrowser as none:
        return keep(version, Run.Outcome.NOT_RUN, at=at, findings=[running.not_run("no browser on this machine", f"{str(none).capitalize()}.")])
    except browser.Stopped as end:
        broken = end.why == "broken"
        finding = running.not_run(end.found, DOCTOR) if broken else running.stopped(end.found)
        return keep(version, Run.Outcome.NOT_RUN if broken else Run.Outcome.STOPPED, at=at, findings=[finding])
    found = running.check(ran.facts, profile) if profile else []
    return keep(version, Run.Outcome.RAN, at=at, findings=found, facts=dataclasses.asdict(ran.facts), shots=ran.shots)


@verbs.whole
def keep(
    version: Version, outcome: str, *, at: datetime.datetime, findings: list[Finding], facts: dict[str, Any] | None = None,
    shots: Mapping[str, bytes] | None = None,
) -> Run:  # fmt: skip
    """Record a run; its findings take the place of an earlier run's. A version in review that it blocks goes back."""
    version = Version.objects.select_for_update(of=("self",)).select_related("creative__advertiser").get(pk=version.pk)
    plain_findings = [finding.to_json() for finding in findings]
    made = Run.objects.create(version=version, outcome=outcome, facts=facts or {}, findings=plain_findings, at=at)
    for moment, png in (shots or {}).items():
        name = f"{version.creative.name[:80]} v{version.number} {moment}.png"
        stored = files.store_bytes(png, name=name, media_type="image/png", by=None, at=at, party=version.creative.advertiser_id, visible_to_client=True)
        RunPicture.objects.create(run=made, moment=moment, file=stored)
    kept = [one for one in version.findings if not one["rule"].startswith(OF_RUNS)]
    version.findings = sorted([*kept, *plain_findings], key=lambda one: specs.SEVERITIES.index(one["severity"]))
    version.verdict = specs.verdict_of(one["severity"] for one in version.findings)
    version.save(update_fields=["findings", "verdict"])
    if specs.verdict(findings) == "fail" and version.status in ("in_review", "failed"):
        _back(version, at)
    return made


def _back(version: Version, at: datetime.datetime) -> None:
    """To the client with everything that is wrong; one that failed as read is asked for anew, in one list."""
    text = guidance.compose(version.verdict, version.findings)
    if version.status == "in_review":
        transitions.move(version, "failed", by=None, at=at, why=text, visible_to_client=True)
        asking.reviewed(version, at=at)
    asking.corrected(version.creative, at=at)
    asking.correction(version, text, at=at)

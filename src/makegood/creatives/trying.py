"""Running a bundle that is nobody's record yet: what `makegood creative run` prints. Needs no database."""

import pathlib
import tempfile
from collections.abc import Mapping
from typing import Any

from makegood.adserver import clicktag
from makegood.connectors import browser, web
from makegood.documents.creatives import UnreadableCreative, probe_guarded, unpack_bundle
from makegood.engine import specs
from makegood.engine.specs import running
from makegood.engine.specs.facts import BundleFacts

USUAL_PX = (300, 250)


def bundle(path: pathlib.Path, profile: specs.Profile | None, limits: web.Limits) -> tuple[dict[str, Any], Mapping[str, bytes]]:
    """The report of one run in the form of `creative check`, with the hosts asked for, and the pictures as PNG by moment.

    Raises UnreadableCreative for what is no bundle, NoBrowser, UnknownProfile.
    """
    facts = probe_guarded(path, path.name)
    if not isinstance(facts, BundleFacts):
        raise UnreadableCreative("It is no HTML5 zip.", path.name, "Give the zip with the ad's page.", rule="file.not_taken")
    chosen = profile or specs.choose(facts, specs.profiles())
    with tempfile.TemporaryDirectory(prefix="makegood-bundle-") as folder:
        files = pathlib.Path(folder) / "files"
        files.mkdir()
        entry = unpack_bundle(path, files).entry
        size = (facts.width or USUAL_PX[0], facts.height or USUAL_PX[1])
        hosts, stop_s = chosen.value("self_contained") or [], running.stop_s(chosen)
        try:
            ran = browser.run_ad(files, entry, size, script=clicktag.script(), stop_s=stop_s, hosts=hosts, limits=limits)
        except browser.Stopped as end:
            return _form(path.name, chosen, [running.stopped(end.found)], {}), {}
    about = {"load_s": ran.facts.load_s, "requests": len(ran.facts.requests), "cpu_share": ran.facts.cpu_share}
    about |= {"hosts": sorted({spot.what.split("/")[2] for spot in ran.facts.outside}), "opened": list(ran.facts.opened)}
    return _form(path.name, chosen, running.check(ran.facts, chosen), about), ran.shots


def _form(name: str, profile: specs.Profile, findings: list[specs.Finding], about: dict[str, Any]) -> dict[str, Any]:
    told = [finding.to_json() for finding in findings]
    return {"file": name, "format": "html5", "profile": profile.label, "verdict": specs.verdict(findings), "findings": told, "run": about}

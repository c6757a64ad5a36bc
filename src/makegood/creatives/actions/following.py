"""Following a VAST wrapper to the tags it wraps, through the guarded fetcher; what is found there is kept as a run."""

import dataclasses
import datetime
import pathlib
import tempfile
import zlib
from collections.abc import Iterator

from django.conf import settings

from makegood.adserver import macros
from makegood.connectors import web
from makegood.creatives.actions import running
from makegood.creatives.models import Run, Version
from makegood.documents.creatives import UnreadableCreative, probe_guarded
from makegood.engine import specs
from makegood.engine.specs import wrappers
from makegood.engine.specs.facts import VastFacts

MOST_ASKED = 12  # a tag of many ads, each a wrapper, is followed that far


def follow(version: Version, *, at: datetime.datetime, limits: web.Limits | None = None, ask: web.Resolve = web.resolve) -> Run:
    """Ask for every tag `version` wraps, and those these wrap, until the inline ads or a reason to stop; keep what was found."""
    facts = specs.plain.from_json(version.facts)
    assert isinstance(facts, VastFacts) and version.profile
    walked = steps(facts, at=at, limits=limits, ask=ask)
    told = [{"url": step.url, "depth": step.depth, "fault": step.fault, "loop": step.loop} for step in walked]
    findings = wrappers.check(walked, specs.Profile.from_json(version.profile.body))
    return running.keep(version, Run.Outcome.RAN, at=at, findings=findings, facts={"wrappers": told})


def steps(
    facts: VastFacts, *, at: datetime.datetime, limits: web.Limits | None = None, ask: web.Resolve = web.resolve
) -> tuple[wrappers.Step, ...]:
    """Each tag asked for on the way from the wrappers of `facts`, with its answer."""
    return tuple(_Walk(limits or settings.FETCH_LIMITS, ask, at).below(facts, 1, ()))


def wraps(version: Version) -> bool:
    """Whether there is anything to follow."""
    return any(ad.get("kind") == "wrapper" for ad in version.facts.get("ads", ()))


@dataclasses.dataclass
class _Walk:
    limits: web.Limits
    ask: web.Resolve
    at: datetime.datetime
    asked: int = 0

    def below(self, facts: VastFacts, depth: int, way: tuple[str, ...]) -> Iterator[wrappers.Step]:
        """The steps from the wrappers of one tag on, each way to its end before the next."""
        for ad in facts.ads:
            if ad.kind == "wrapper" and self.asked < MOST_ASKED:
                yield from self._step(ad.wrapped_url, depth, way)

    def _step(self, url: str, depth: int, way: tuple[str, ...]) -> Iterator[wrappers.Step]:
        if url in way or depth > wrappers.MOST:
            yield wrappers.Step(url, depth, loop=url in way)
            return
        self.asked += 1
        try:
            found = self._tag(url)
        except (web.Barred, web.Unanswered, UnreadableCreative) as refusal:
            yield wrappers.Step(url, depth, fault=refusal.reason)
            return
        yield wrappers.Step(url, depth, found=found)
        yield from self.below(found, depth + 1, (*way, url))

    def _tag(self, url: str) -> VastFacts:
        filled = macros.filled((url,), round(self.at.timestamp() * 1000), zlib.crc32(url.encode()))[0]
        answer = web.fetch(filled, limits=self.limits, ask=self.ask)
        if answer.status >= 400:
            raise web.Unanswered(f"answers {answer.status}", answer.chain)
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "tag.xml"
            path.write_bytes(answer.body)
            facts = probe_guarded(path, "tag.xml")
        if not isinstance(facts, VastFacts):
            raise web.Unanswered("answers with something that is no VAST tag", answer.chain)
        return facts

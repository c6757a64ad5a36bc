"""Looking at where a creative's click leads, and keeping what was there: words, picture, findings.

The look itself is outside of any transaction; keeping it is one. What a changed page means for an approval is `reopen`.
"""

import dataclasses
import datetime
from collections.abc import Callable

from django.conf import settings

from makegood.connectors import browser, web
from makegood.core import files, verbs
from makegood.creatives import asking, guidance
from makegood.creatives.actions import reviewing
from makegood.creatives.models import Creative, Decision, Landing, Version
from makegood.engine import specs
from makegood.engine.specs import landing as pages
from makegood.engine.specs.findings import Finding

See = Callable[..., browser.Looked]
TEXTS = ("text/html", "application/xhtml+xml", "text/plain")


def look(
    creative: Creative, url: str, *, at: datetime.datetime, limits: web.Limits | None = None, ask: web.Resolve = web.resolve,
    see: See = browser.look,
) -> Landing:  # fmt: skip
    """Fetch the page a click on `creative` leads to, look at it as a phone does, hold it against what was agreed and keep it."""
    limits = limits or settings.FETCH_LIMITS
    facts = _fetched(url, limits, ask)
    picture, said = b"", [] if facts.fault else [""]
    if said:
        try:
            looked = see(facts.chain[-1], limits=limits)
            facts, picture = dataclasses.replace(facts, title=looked.title or facts.title, needs_px=looked.needs_px), looked.shot
        except (browser.NoBrowser, browser.Stopped, web.Barred) as none:
            said = [str(none)]
    return _keep(creative, url, facts, picture, said[0] if said else "", at=at)


@verbs.whole
def reopen(landing: Landing, *, at: datetime.datetime) -> list[Version]:
    """Put approved versions to the reviewers again when another page answers than the one approved; those put."""
    creative = landing.creative
    facts = specs.plain.build(pages.LandingFacts, landing.facts, "landing")
    if not pages.changed(facts, agreed(creative, landing.url, before=landing)):
        return []
    approved = list(creative.versions.filter(status="approved").order_by("pk"))
    why = f"its landing page has changed: {landing.url}"
    return [reviewing.reconsider(version, by=None, at=at, why=why) for version in approved]


def agreed(creative: Creative, url: str, *, before: Landing | None = None) -> pages.Agreed:
    """The advertiser's domains, and the words of the page as it was when a version was approved last.

    That is the newest look before the decision; where nobody had looked by then, the first after it.
    """
    decided = Decision.objects.filter(version__creative=creative, outcome__in=("approve", "exception")).order_by("-at").first()
    rows = Landing.objects.filter(creative=creative, url=url).exclude(words_sha256="")
    rows = rows.filter(pk__lt=before.pk) if before else rows
    known = None
    if decided:
        known = rows.filter(at__lte=decided.at).order_by("-at", "-pk").first() or rows.order_by("at", "pk").first()
    words = tuple(known.facts["words"]) if known else ()
    return pages.Agreed(tuple(creative.advertiser.domains), words)


def _fetched(url: str, limits: web.Limits, ask: web.Resolve) -> pages.LandingFacts:
    try:
        found = web.fetch(url, limits=limits, ask=ask)
    except web.Barred as barred:
        return pages.LandingFacts((url,), 0, barred.reason, "", (), None)
    except web.Unanswered as silent:
        return pages.LandingFacts(silent.chain, 0, silent.reason, "", (), None)
    text = found.body.decode("utf-8", "replace") if found.media_type in TEXTS else ""
    return pages.LandingFacts(found.chain, found.status, "", "", pages.words(text), None)


@verbs.whole
def _keep(creative: Creative, url: str, facts: pages.LandingFacts, picture: bytes, unseen: str, *, at: datetime.datetime) -> Landing:
    findings = pages.check(facts, agreed(creative, url))
    if unseen:
        findings.append(Finding("landing_not_seen", "info", unseen[:200], "a look as a phone has", "this machine", "Run makegood doctor.", pages.SOURCE))
    stored = None
    if picture:
        name = f"{creative.name[:80]} landing page.png"
        stored = files.store_bytes(picture, name=name, media_type="image/png", by=None, at=at, party=creative.advertiser_id, visible_to_client=True)
    made = Landing.objects.create(
        creative=creative, url=url, facts=dataclasses.asdict(facts), findings=[one.to_json() for one in findings],
        words_sha256="" if facts.fault else pages.digest(facts.words), picture=stored, at=at,
    )  # fmt: skip
    if specs.verdict(findings) == "fail":
        asking.landing(creative, guidance.listed(made.findings), at=at)
    else:
        asking.landed(creative, at=at)
    return made

"""Where a click leads, held against what was agreed: reachable, secure, the advertiser's own, as it was when approved.

Facts of one look and the terms in, findings out; pages are fetched in connectors.web and looked at in connectors.browser.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urlsplit

from makegood.engine.specs.findings import SEVERITIES, Fault, Finding
from makegood.engine.specs.rules.rule import counted, listed

PHONE_PX, MOST_REDIRECTS, ALIKE = 390, 3, 0.7
SOURCE = "Makegood default, no public source, 2026-11"
UNSEEN = ("script", "style", "noscript", "template", "svg")
WORD = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True, slots=True)
class LandingFacts:
    """One look. `chain` are the addresses asked, the click URL first; `fault` why none answered; `words` the page's, each once.

    `needs_px` is the width the page wants on a phone, None where nothing could look at it.
    """

    chain: tuple[str, ...]
    status: int
    fault: str
    title: str
    words: tuple[str, ...]
    needs_px: int | None


@dataclass(frozen=True, slots=True)
class Agreed:
    """What holds for a click: the advertiser's domains (else the click URL's own host), and the words when it was approved."""

    domains: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


def words(html: str) -> tuple[str, ...]:
    """The words a person sees on a page, lower case, each once, sorted; numbers, which change by themselves, left out."""
    reader = _Seen()
    reader.feed(html)
    reader.close()
    return tuple(sorted({word.lower() for word in WORD.findall(" ".join(reader.said))}))


def digest(found: tuple[str, ...]) -> str:
    """SHA-256 of the words, "" of none."""
    return hashlib.sha256("\n".join(found).encode()).hexdigest() if found else ""


def alike(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    """Share of the words of both that both have (Jaccard)."""
    both = {*one, *other}
    return len({*one} & {*other}) / len(both) if both else 1.0


def check(facts: LandingFacts, agreed: Agreed) -> list[Finding]:
    """Findings, worst first. A page that does not answer has that one."""
    rules = RULES[:1] if facts.fault or facts.status >= 400 else RULES
    found = [
        Finding(code, severity, fault.found, required, fault.where, fault.fix, SOURCE)
        for code, severity, required, test in rules
        for fault in test(facts, agreed)
    ]
    return sorted(found, key=lambda finding: SEVERITIES.index(finding.severity))


def changed(facts: LandingFacts, agreed: Agreed) -> bool:
    """Whether another page answers now than the one approved: elsewhere, or with other words."""
    if facts.fault or facts.status >= 400 or not agreed.words:
        return False
    return any(True for test in (_domain, _same) for _ in test(facts, agreed))


def _reachable(facts: LandingFacts, _: Agreed) -> Iterator[Fault]:
    if facts.fault or facts.status >= 400:
        yield Fault(facts.fault or f"answers {facts.status}", "Put the page back, or give the address of one that answers.", facts.chain[-1])


def _secure(facts: LandingFacts, _: Agreed) -> Iterator[Fault]:
    for url in facts.chain:
        if not url.startswith("https:"):
            yield Fault(f"passes {url[:120]}", "Use https from the click to the page.", url)


def _chain(facts: LandingFacts, _: Agreed) -> Iterator[Fault]:
    steps = len(facts.chain) - 1
    if steps > MOST_REDIRECTS:
        yield Fault(counted(steps, "redirect"), "Lead the click to the page with fewer steps: each loses people.", facts.chain[0])


def _domain(facts: LandingFacts, agreed: Agreed) -> Iterator[Fault]:
    allowed = agreed.domains or (_host(facts.chain[0]),)
    host = _host(facts.chain[-1])
    if not any(host == one.removeprefix("www.") or host.endswith(f".{one.removeprefix('www.')}") for one in allowed):
        yield Fault(f"leads to {host}", f"Lead to {listed(allowed)}, or have {host} entered as the advertiser's.", facts.chain[-1])


def _parameters(facts: LandingFacts, _: Agreed) -> Iterator[Fault]:
    arrived = {name for name, _ in parse_qsl(urlsplit(facts.chain[-1]).query, keep_blank_values=True)}
    lost = [name for name, _ in parse_qsl(urlsplit(facts.chain[0]).query, keep_blank_values=True) if name not in arrived]
    if lost:
        yield Fault(f"{listed(dict.fromkeys(lost))} lost on the way", "Pass the parameters of the click URL on in every redirect.", facts.chain[-1])


def _phone(facts: LandingFacts, _: Agreed) -> Iterator[Fault]:
    if facts.needs_px and facts.needs_px > PHONE_PX * 1.03:
        yield Fault(f"{facts.needs_px} px wide on a phone of {PHONE_PX}", "Make the page fit a phone: people would have to push it sideways.", facts.chain[-1])


def _same(facts: LandingFacts, agreed: Agreed) -> Iterator[Fault]:
    if agreed.words and (share := alike(facts.words, agreed.words)) < ALIKE:
        yield Fault(f"{round(share * 100)} % of the words as approved", "Restore the page, or have the creative approved with this one.", facts.chain[-1])


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").lower().removeprefix("www.")


class _Seen(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in UNSEEN

    def handle_endtag(self, tag: str) -> None:
        self._hidden = max(0, self._hidden - (tag in UNSEEN))

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.said.append(data)


Test = Callable[[LandingFacts, Agreed], Iterator[Fault]]
RULES: tuple[tuple[str, str, str, Test], ...] = (
    ("landing_reachable", "block", "a page that answers", _reachable),
    ("landing_https", "block", "https at every step", _secure),
    ("landing_domain", "block", "the advertiser's own site", _domain),
    ("landing_chain", "warn", f"at most {MOST_REDIRECTS} redirects", _chain),
    ("landing_parameters", "warn", "the click URL's parameters on the page", _parameters),
    ("landing_phone", "warn", f"a page that fits {PHONE_PX} px", _phone),
    ("landing_changed", "warn", f"at least {round(ALIKE * 100)} % of the approved words", _same),
)
TITLES = {
    "landing_reachable": "Landing page answers", "landing_https": "Landing page is secure", "landing_domain": "Landing page is the advertiser's",
    "landing_chain": "Redirects", "landing_parameters": "Tracking parameters", "landing_phone": "Landing page on a phone",
    "landing_changed": "Landing page as approved", "landing_not_seen": "Landing page not looked at",
}  # fmt: skip

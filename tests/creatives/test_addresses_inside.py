"""R14: whatever a client may give as an address, none makes us ask a machine inside: forms × fields, redirects and rebinding among them."""

import dataclasses
import html

import pytest

from makegood.connectors import browser
from makegood.creatives.actions import following, landing
from makegood.creatives.models import Creative
from makegood.engine.specs import facts as f
from tests.connectors.web import forms
from tests.connectors.web.conftest import ask, canary, host_names_only, limits, ports, public  # noqa: F401
from tests.factories.creatives import NOW

SEED = 20261129
FILE = f.FileFacts("tag.xml", "0" * 64, 1, 1, "application/xml")
AD = f.VastAd("wrapper", "", None, True, (), "", (), 0, (), (), (), "")


@pytest.fixture
def fields(bank, limits, ask, monkeypatch):  # noqa: F811
    """Every field whose address we ask by ourselves, as what gives it a value and lets the asking happen."""
    monkeypatch.setenv("MAKEGOOD_BROWSER", "no-such-browser")
    creative = Creative.objects.create(advertiser=bank, name="Saver", format="display", created_at=NOW)

    def click(url: str) -> str:
        seen = landing.look(creative, url[:1000], at=NOW, limits=limits, ask=ask)
        return next((one["found"] for one in seen.findings if one["rule"] == "landing_reachable"), "")

    def wrapped(url: str) -> str:
        tag = f.VastFacts(FILE, "4.2", (dataclasses.replace(AD, wrapped_url=url),), (), (), (), ())
        return following.steps(tag, at=NOW, limits=limits, ask=ask)[0].fault

    return {"a creative's click URL, or a flight's": click, "a wrapped tag's address": wrapped}


def tried(fields, ports, count: int) -> list[str]:  # noqa: F811
    """What each field said of each address; drawn in turns so that every form meets every field."""
    rows = forms.drawn(ports, count // len(fields), SEED)
    return [field(url) for url in rows for field in fields.values()]


def test_no_address_in_any_field_leads_inside(fields, ports, canary):  # noqa: F811
    said = tried(fields, ports, 500)
    assert canary.hits == []
    assert sum(bool(one) for one in said) > 450


@pytest.mark.nightly
def test_no_address_in_any_field_leads_inside_ten_thousand(fields, ports, canary):  # noqa: F811
    said = tried(fields, ports, 10_000)
    assert canary.hits == []
    assert sum(bool(one) for one in said) > 9_000


def test_checking_the_host_name_only_lets_them_in(fields, ports, limits, canary, host_names_only):  # noqa: F811
    """The control: the machine's number unchecked, known bad names refused."""
    for host in ("2130706433", "0x7f.1", "inside.test", "[::ffff:127.0.0.1]"):
        for field in fields.values():
            field(f"http://{host}:{ports.canary}/")
    assert len(canary.hits) >= 6


@pytest.mark.skipif(bool(browser.missing()), reason=browser.missing())
def test_a_page_that_names_them_all_reaches_nothing(ports, limits, canary):  # noqa: F811
    """A third party's tag with every form as a picture, a frame or a script, and calls of its own; what it is allowed arrives."""
    urls = list(dict.fromkeys(forms.drawn(ports, 120, SEED)))
    ways = ("<img src='{0}'>", "<iframe src='{0}'></iframe>", "<script src='{0}'></script>", "<link rel=preconnect href='{0}'>")
    body = "".join(ways[number % len(ways)].format(html.escape(url, quote=True)) for number, url in enumerate(urls))
    calls = f"<script>fetch('http://127.0.0.1:{ports.canary}/'); new WebSocket('ws://127.0.0.1:{ports.canary}/'); navigator.sendBeacon('http://127.0.0.1:{ports.canary}/');</script>"
    allowed = f"<img src='http://127.0.0.2:{ports.public}/picture'>"
    ran = browser.run_tag(allowed + calls + body, (300, 250), limits=limits, stop_s=0.5)
    assert canary.hits == []
    assert f"http://127.0.0.2:{ports.public}/picture" in {spot.what for spot in ran.facts.outside}
    assert len(ran.facts.outside) >= 25


@pytest.mark.skipif(bool(browser.missing()), reason=browser.missing())
def test_a_landing_page_that_leads_inside_reaches_nothing(ports, limits, canary):  # noqa: F811
    looked = browser.look(f"http://127.0.0.2:{ports.public}/302?to=http://127.0.0.1:{ports.canary}/", limits=limits)
    assert (bool(looked.fault), canary.hits) == (True, [])

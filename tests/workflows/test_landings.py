"""Landing pages: fetched like a stranger's, held against what was agreed, looked at again each day; a changed one opens the approval."""

import datetime
import io
import ipaddress
import pathlib

import pytest
from django.conf import settings as django
from PIL import Image

from makegood.connectors import browser, web
from makegood.core.errors import Refused
from makegood.creatives.actions import landing, reviewing
from makegood.creatives.models import Landing
from makegood.creatives.queries import approvals
from makegood.engine import plan as plans
from makegood.trafficking.actions import assigning, proving, qa
from makegood.work.models import Task
from makegood.workflows import publishing
from makegood.workflows.keeping import landings
from tests import strangers
from tests.factories import creatives as make
from tests.factories import trafficking
from tests.factories.creatives import NOW

DAY = datetime.timedelta(days=1)
SAVER = "Put money aside every month and watch it grow with our harbour saver account, open to everyone"
CASINO = "Spin the wheel tonight and win a jackpot at the tables of the golden palace, bonus for new players"
PAGE = "<!doctype html><title>{0}</title><meta name=viewport content='width=device-width'><style>b{{}}</style><h1>Brightwater</h1><p>{0}</p>{1}"


class Site(strangers.Stranger):
    says, more, status, to = SAVER, "", 200, ""

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        moved = {"/go": f"{self.to}/saver", "/away": "http://127.0.0.3:1/"}.get(path)
        body = PAGE.format(Site.says, Site.more).encode()
        self.reply(302 if moved else Site.status, body, **({"Location": moved} if moved else {}))


@pytest.fixture
def site(monkeypatch):
    """Its address; what it says is changed through `Site`."""
    for name in ("says", "more", "status", "to"):
        monkeypatch.setattr(Site, name, getattr(Site, name))
    with strangers.served(Site) as port:
        yield f"http://127.0.0.2:{port}"


@pytest.fixture
def limits(site):
    return web.Limits(ports=frozenset({int(site.rpartition(":")[2])}), also=(ipaddress.ip_network("127.0.0.2"),), within_s=3)


@pytest.fixture
def blind(monkeypatch):
    """No browser: the words are fetched all the same."""
    monkeypatch.setenv("MAKEGOOD_BROWSER", "no-such-browser")


@pytest.fixture
def order(db, campaign_manager):
    return trafficking.order(make.advertiser(domains=["127.0.0.2"]), campaign_manager, trafficking.product())


def received(order, site, path="/saver?utm_source=makegood"):
    version = make.received(order.advertiser)
    version.creative.click_url = f"{site}{path}"
    version.creative.save()
    return version


def rules(seen: Landing) -> dict[str, str]:
    return {finding["rule"]: finding["severity"] for finding in seen.findings}


@pytest.mark.skipif(bool(browser.missing()), reason=browser.missing())
def test_a_page_is_looked_at_as_a_phone_does(order, site, limits, monkeypatch):
    monkeypatch.setattr(Site, "more", "<div style='width:900px;height:9px;background:#c00'></div><img src='http://127.0.0.1:22/x'>")
    version = received(order, site)
    seen = landing.look(version.creative, version.creative.click_url, at=NOW, limits=limits)
    assert rules(seen) == {"landing_https": "block", "landing_phone": "warn"}
    assert (seen.facts["title"], seen.facts["needs_px"] >= 900, "harbour" in seen.facts["words"]) == (SAVER, True, True)
    assert Image.open(io.BytesIO(seen.picture.path.read_bytes())).size == (780, 1688)
    assert Task.objects.get(key="creative.landing").detail.startswith("1. Landing page is secure: found passes http://127.0.0.2")


def test_redirects_parameters_and_foreign_domains_are_found(order, site, limits, blind, monkeypatch):
    monkeypatch.setattr(Site, "to", site)
    creative = received(order, site).creative
    assert rules(landing.look(creative, f"{site}/go?utm_source=x", at=NOW, limits=limits)) == {
        "landing_https": "block", "landing_parameters": "warn", "landing_not_seen": "info",
    }  # fmt: skip
    creative.advertiser.domains = ["brightwater.example"]
    assert "landing_domain" in rules(landing.look(creative, f"{site}/saver", at=NOW, limits=limits))
    monkeypatch.setattr(Site, "status", 404)
    assert rules(landing.look(creative, f"{site}/saver", at=NOW, limits=limits)) == {"landing_reachable": "block", "landing_not_seen": "info"}


@pytest.mark.parametrize("url", ["http://127.0.0.1/admin", "http://169.254.169.254/latest/meta-data/", "http://localhost/", "file:///etc/passwd"])
def test_a_landing_page_inside_is_never_asked(order, site, limits, url):
    seen = landing.look(received(order, site).creative, url, at=NOW, limits=limits)
    assert (rules(seen), seen.words_sha256, seen.picture) == ({"landing_reachable": "block"}, "", None)


def test_it_is_looked_at_every_day_and_a_change_opens_the_approval(order, site, limits, blind, reviewer, trafficker, campaign_manager, monkeypatch):
    version = received(order, site)
    assert landings.follow(at=NOW, limits=limits) == (1, 0)
    reviewing.decide(version, "approve", by=reviewer, at=NOW)
    version.refresh_from_db()
    assignment = assigning.assign(trafficking.flight(order), version, by=trafficker, at=NOW)
    qa.run(order, by=campaign_manager, at=NOW)
    publishing.publish(by=trafficker, at=NOW, why="launch", order=order)
    proving.seen({trafficking.flight(order).pk: 5}, by=None, at=NOW)
    assert (served(), landings.follow(at=NOW + DAY / 2, limits=limits)) == ([assignment.pk], (0, 0))
    monkeypatch.setattr(Site, "says", SAVER + ", now at 3.1 %")  # a figure changes, not the page
    assert (landings.follow(at=NOW + DAY, limits=limits), status(version)) == ((1, 0), "approved")
    monkeypatch.setattr(Site, "says", CASINO)
    assert (landings.follow(at=NOW + 2 * DAY, limits=limits), status(version), served()) == ((1, 1), "in_review", [])
    assert approvals.is_approved(version, at=NOW + 2 * DAY, sha256=version.sha256) is False
    assert Task.objects.get(key="creative.review", status="open").subject_id == version.pk
    assert "landing_changed" in rules(Landing.objects.latest("pk"))
    reviewing.decide(version, "approve", by=reviewer, at=NOW + 2 * DAY)  # the new page is the approved one from now on
    assert (landings.follow(at=NOW + 3 * DAY, limits=limits), status(version)) == ((1, 0), "approved")


def test_a_page_that_is_down_is_a_task_and_opens_nothing(order, site, limits, blind, reviewer, monkeypatch):
    version = received(order, site)
    landings.follow(at=NOW, limits=limits)
    reviewing.decide(version, "approve", by=reviewer, at=NOW)
    monkeypatch.setattr(Site, "status", 503)
    assert (landings.follow(at=NOW + DAY, limits=limits), status(version)) == ((1, 0), "approved")
    assert Task.objects.get(key="creative.landing", status="open").detail == "1. Landing page answers: found answers 503, needed a page that answers." \
        " Put the page back, or give the address of one that answers."  # fmt: skip


def test_nobody_opens_an_approval_who_may_not_stop_a_creative(order, site, account_manager, reviewer):
    version = received(order, site)
    reviewing.decide(version, "approve", by=reviewer, at=NOW)
    version.refresh_from_db()
    with pytest.raises(Refused):
        reviewing.reconsider(version, by=account_manager, at=NOW, why="a whim")


def status(version) -> str:
    version.refresh_from_db()
    return version.status


def served() -> list[int]:
    return [row.creative_id for flight in plans.from_json(pathlib.Path(django.PLAN_FILE).read_bytes()).flights for row in flight.creatives]

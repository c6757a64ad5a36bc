"""Prebid.js, as publishers load it, asks us through its server adapter, takes our bids and shows the winner."""

import json
import pathlib
import shutil
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.adserver import auctions, media, publisher
from tests.adserver.conftest import Server
from tests.clients import build

pytestmark = pytest.mark.browser
AGENT = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"
PAGE = """<!doctype html><title>News</title><iframe id="slot" width="300" height="250"></iframe><script src="prebid.js"></script>"""
UNITS = [
    {"code": "top", "mediaTypes": {"banner": {"sizes": [[300, 250]]}}, "ortb2Imp": {"tagid": "side"}},
    {"code": "film", "mediaTypes": {"video": {"context": "instream", "mimes": ["video/mp4"], "playerSize": [[320, 180]], "protocols": [13], "minduration": 1, "maxduration": 30}}, "ortb2Imp": {"tagid": "film"}},
    {"code": "feed", "mediaTypes": {"native": {"ortb": {"assets": [{"id": 1, "required": 1, "title": {"len": 60}}, {"id": 2, "required": 1, "data": {"type": 1}}]}}}, "ortb2Imp": {"tagid": "feed"}},
    {"code": "wrong", "mediaTypes": {"banner": {"sizes": [[728, 90]]}}, "ortb2Imp": {"tagid": "side"}},
]  # fmt: skip
ASK = """([url, units]) => new Promise((done) => {
  for (const unit of units) { unit.bids = [{bidder: 'makegood'}]; }
  pbjs.setConfig({debug: false, enableSendAllBids: true, cache: {useLocal: true}, s2sConfig: [{accountId: '1', bidders: ['makegood'], adapter: 'prebidServer', enabled: true,
    timeout: 5000, endpoint: {p1Consent: url, noP1Consent: url}, allowUnknownBidderCodes: true}]});
  pbjs.requestBids({adUnits: units, ortb2: {cur: ['EUR'], site: {ext: {data: {team: 'reds'}}}}, timeout: 8000,
    bidsBackHandler: (bids) => done(Object.fromEntries(Object.entries(bids || {}).map(([code, one]) => [code, one.bids.map((b) => ({
      mediaType: b.mediaType, cpm: b.cpm, currency: b.currency, adId: b.adId, creativeId: b.creativeId, width: b.width, hasVast: Boolean(b.vastXml),
      native: b.native && b.native.ortb && b.native.ortb.assets.length, domains: b.meta && b.meta.advertiserDomains}))])))});
})"""


@pytest.fixture
def bought(server: Server, chromium: Browser, tmp_path: pathlib.Path) -> Any:
    """bought(): what Prebid took for each unit; the page; what went over the wire."""
    media.lay_out(server)
    publisher.publish(server, auctions.plan())
    (tmp_path / "index.html").write_text(PAGE)
    shutil.copy(build.ready() / "prebid.js", tmp_path)
    context = chromium.new_context(user_agent=AGENT)
    with publisher.site(tmp_path) as site:
        page = context.new_page()
        page.goto(site)
        with page.expect_response(lambda answer: answer.url.startswith(f"{server.url}/openrtb")) as exchange:
            bids = page.evaluate(ASK, [auctions.endpoint(server), UNITS])
        yield page, bids, exchange.value
    context.close()


def test_prebid_takes_our_bids_shows_the_winner_and_reports_it(server: Server, bought: Any) -> None:
    page, bids, exchange = bought
    asked, answered = json.loads(exchange.request.post_data), exchange.json()
    assert auctions.faults(answered, asked) == []
    assert set(bids) == {"top", "film", "feed"}, (bids, asked, answered)
    (top,), (film,), (feed,) = bids["top"], bids["film"], bids["feed"]
    assert (top["mediaType"], top["cpm"], top["currency"], top["width"], top["domains"]) == ("banner", 12.5, "EUR", 300, ["advertiser.example"])
    assert (film["mediaType"], film["hasVast"], feed["mediaType"], feed["native"]) == ("video", True, "native", 2)
    assert [event.kind for event in server.logged()] == ["request"] * 3
    page.evaluate("(id) => pbjs.renderAd(document.getElementById('slot').contentDocument, id)", top["adId"])
    nonce = publisher.await_kind(server, "viewable", 65).id.partition(".")[0]
    publisher.await_kinds(server, nonce, ["request", "served", "impression", "viewable", "billing"])
    assert not any(event.flight_id == 64 for event in server.logged())  # the film was bid, did not win, and is not served

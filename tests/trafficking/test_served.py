"""What was published is what a real ad server serves: the creative, its signed events, the click to the assigned page."""

import datetime
import pathlib

import pytest
from django.conf import settings
from django.utils import timezone

from makegood.trafficking.actions import assigning, qa
from makegood.workflows import publishing
from tests.adserver.conftest import Server
from tests.factories import creatives as make
from tests.factories import trafficking


@pytest.fixture
def served(tmp_path):
    """An ad server started on what was published."""
    folder = tmp_path / "server"
    folder.mkdir()
    server = Server(folder)
    server.plan, server.assets, server.keys = (
        pathlib.Path(path) for path in (settings.PLAN_FILE, settings.ASSETS_FOLDER, settings.KEYS_FILE)
    )
    yield server
    if server.process:
        server.stop()


def test_the_published_creative_is_served_and_its_click_leads_on(db, monkeypatch, served, campaign_manager, reviewer, trafficker):
    now = timezone.now()  # the ad server is a process of its own and asks the clock
    monkeypatch.setattr(trafficking, "START", now.date() - datetime.timedelta(days=1))
    monkeypatch.setattr(trafficking, "END", now.date() + datetime.timedelta(days=9))
    order = trafficking.order(make.advertiser(), campaign_manager, trafficking.product(), trafficking.product("two"))
    version = make.approved(order.advertiser, reviewer)
    pages = {1: "https://brightwater.example/one", 2: "https://brightwater.example/two"}
    for line, page in pages.items():
        assigning.assign(trafficking.flight(order, line), version, by=trafficker, at=now, click_url=page)
    qa.run(order, by=campaign_manager, at=now)
    publishing.publish(by=trafficker, at=now, why="launch", order=order)
    served.start()
    reply = served.ad("ros-300x250", "two-300x250")
    for slot, page in zip(reply["slots"], pages.values(), strict=True):
        assert slot["creative"]["version"] == version.pk
        assert served.get(slot["creative"]["url"]).body == version.file.path.read_bytes()
        click = served.get(slot["click_url"])
        assert (click.status, click.headers["location"]) == (302, page)
        assert served.get(slot["impression_urls"][0]).status == 204
    assert served.kinds().count("impression") == 2

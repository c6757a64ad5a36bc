"""What the machine saw is in the creative room: pictures of the run, what it asked for, where its click leads."""

import dataclasses
import io

import pytest
from PIL import Image, ImageDraw

from makegood.creatives.actions import receiving, running
from makegood.creatives.models import Landing
from makegood.documents.creatives import samples
from makegood.engine import specs
from makegood.engine.specs import running as rules
from makegood.engine.specs.facts import Spot
from makegood.engine.specs.run import RunFacts
from tests.factories import creatives as make
from tests.factories.creatives import NOW
from tests.interfaces.web.components.test_gallery import dress, violations

FACTS = RunFacts(
    0.22, (Spot("index.html", "document"), Spot("ad.js", "script")), 0, 17_000, (Spot("https://cdn.widgets.example/slider.js", "script"),), (), 0.041, (),
    None, (), (), (), "https://click.invalid/", ("https://click.invalid/",), True,
)  # fmt: skip


def picture(word: str) -> bytes:
    out, made = io.BytesIO(), Image.new("RGB", (300, 250), "#0d2440")
    ImageDraw.Draw(made).text((90, 110), word, fill="white", font_size=28)
    made.save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def ran(db):
    """A banner that was run and whose landing page was looked at (a banner runs no code: it stands for a bundle here)."""
    version = make.received(make.advertiser())
    found = [finding for finding in rules.check(FACTS, _profile(version)) if finding.rule == "run_outside"]
    shots = {moment: picture(f"{moment} s" if moment != "end" else "end") for moment in ("1", "5", "end")}
    running.keep(version, "ran", at=NOW, findings=found, facts=dataclasses.asdict(FACTS), shots=shots)
    Landing.objects.create(
        creative=version.creative, url=version.creative.click_url, words_sha256="x", at=NOW,
        facts={"chain": ["https://brightwater.example/saver", "https://other.example/"], "title": "Harbour Saver", "words": []},
        findings=[{"rule": "landing_domain", "severity": "block", "found": "leads to other.example", "required": "", "where": "", "fix": "Lead to brightwater.example.", "source": ""}],
    )  # fmt: skip
    return version


def _profile(version):
    return specs.Profile.from_json(version.profile.body)


def test_the_room_shows_what_was_seen(ran, reviewer, web):
    html = web(reviewer).get(f"/creatives/{ran.creative_id}/").content.decode()
    files = [one.file_id for one in ran.runs.get().pictures.order_by("pk")]
    assert [f'src="/files/{pk}/"' in html for pk in files] == [True] * 3
    for words in ("2 requests at first load", "0.22 s", "4 % of a processor", "cdn.widgets.example", "leads to other.example", "Outside requests when run"):
        assert words in html
    assert all(web(reviewer).get(f"/files/{pk}/").status_code == 200 for pk in files)


def test_the_tags_a_wrapper_led_to_are_listed(ran, reviewer, web):
    steps = [{"url": "https://one.example/tag", "depth": 1, "fault": "", "loop": False}, {"url": "https://two.example/", "depth": 2, "fault": "answers 404", "loop": False}]
    running.keep(ran, "ran", at=NOW, findings=[], facts={"wrappers": steps})
    html = web(reviewer).get(f"/creatives/{ran.creative_id}/").content.decode()
    assert ("The tags it wraps" in html, "https://one.example/tag" in html, "answers 404" in html, "of a processor" in html) == (True, True, True, False)


def test_without_a_run_there_is_nothing_of_it(db, reviewer, web):
    version = make.received(make.advertiser())
    assert "mg-seen" not in web(reviewer).get(f"/creatives/{version.creative_id}/").content.decode()


def test_a_bundle_that_waits_to_be_run_says_so(db, reviewer, web, tmp_path):
    path = samples.bundle(tmp_path / "ad.zip", samples.Brand("Brightwater Bank"))
    version = receiving.receive(path, name="ad.zip", creative=receiving.NewCreative(make.advertiser(), "Saver"), by=None, at=NOW)
    assert "has not been run yet" in web(reviewer).get(f"/creatives/{version.creative_id}/").content.decode()
    running.keep(version, "not_run", at=NOW, findings=[rules.not_run("no browser on this machine", "Install one.")])
    html = web(reviewer).get(f"/creatives/{version.creative_id}/").content.decode()
    assert ("has not been run yet" in html, "Not run: no browser on this machine. Install one." in html) == (False, True)


@pytest.mark.browser
@pytest.mark.parametrize("width", [1440, 390])
def test_it_fits_the_page(transactional_db, ran, reviewer, page, width, settings):
    shown = page(reviewer, width=width, height=900)
    shown.route(f"{settings.ADSERVER_URL}/**", lambda route: route.fulfill(body=picture("ad"), content_type="image/png"))
    shown.goto(f"/creatives/{ran.creative_id}/")
    shown.locator(".mg-seen").scroll_into_view_if_needed()
    assert shown.evaluate("document.documentElement.scrollWidth") <= width
    assert shown.locator(".mg-shots img").evaluate_all("all => all.every(one => one.complete && one.naturalWidth === 300)")
    for theme in ("light", "dark"):
        dress(shown, theme)
        assert violations(shown) == []

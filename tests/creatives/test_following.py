"""Wrappers are followed to the inline ad, through the guarded fetcher: loops, depth, dead ends and addresses inside are named."""

import ipaddress

import pytest

from makegood.connectors import web
from makegood.creatives import guidance, jobs
from makegood.creatives.actions import following, receiving
from makegood.creatives.models import Version
from makegood.documents.creatives import samples
from tests import strangers
from tests.factories.creatives import NOW

WRAPPER = """<VAST version="4.2" xmlns="http://www.iab.com/VAST"><Ad id="w"><Wrapper><AdSystem>House</AdSystem>
<VASTAdTagURI><![CDATA[{0}]]></VASTAdTagURI><Impression><![CDATA[https://track.example/i]]></Impression></Wrapper></Ad></VAST>"""


class Tags(strangers.Stranger):
    inline, base = b"", ""
    asked: list[str] = []

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        Tags.asked.append(self.path)
        name, _, number = path[1:].partition("/")
        leads = {"loop": "/loop", "circle": "/circle/" + ("b" if number == "a" else "a"), "deep": f"/deep/{int(number or 0) + 1}" if name == "deep" else "", "two": "/inline"}
        inside = {"inside": "http://127.0.0.1:22/", "metadata": "http://169.254.169.254/latest/"}
        body = Tags.inline if name == "inline" else WRAPPER.format(inside.get(name) or Tags.base + leads.get(name, "")).encode()
        if name == "page":
            body = b"<!doctype html><p>No tag here"
        self.reply(404 if name == "gone" else 200, body)


@pytest.fixture
def tags(tmp_path, monkeypatch):
    """Another ad server; its inline tag has a film without tracking."""
    path = samples.vast(tmp_path / "inline.xml", samples.Brand("Brightwater Bank"), media_url="https://m.example/a.mp4", click_url="https://b.example/", fault="no_tracking")
    with strangers.served(Tags) as port:
        base = f"http://127.0.0.2:{port}"
        for name, value in {"inline": path.read_bytes(), "base": base, "asked": []}.items():
            monkeypatch.setattr(Tags, name, value)
        yield base


def followed(bank, tmp_path, tags, path):
    tag = tmp_path / "tag.xml"
    tag.write_text(WRAPPER.format(path if "://" in path else tags + path))
    version = receiving.receive(tag, name="tag.xml", creative=receiving.NewCreative(bank, "Spot"), by=None, at=NOW, profile="vast-online")
    limits = web.Limits(ports=frozenset({22, 80, 443, int(tags.rpartition(":")[2])}), also=(ipaddress.ip_network("127.0.0.2"),), within_s=2)
    made = following.follow(version, at=NOW, limits=limits)
    return {(one["rule"].removeprefix("run_"), one["found"]) for one in made.findings if one["rule"] != "run_wrapper_https"}, made


def test_the_inline_ad_at_the_end_is_held_against_the_profile(bank, tmp_path, tags):
    found, made = followed(bank, tmp_path, tags, "/two?cb=[CACHEBUSTING]")
    assert {rule for rule, _ in found} == {"wrapped_tracking"}
    assert [step["depth"] for step in made.facts["wrappers"]] == [1, 2]
    assert ("[" in Tags.asked[0], Tags.asked[1]) == (False, "/inline")
    assert guidance.title("run_wrapped_tracking") == "Tracking, wrapped tag"


@pytest.mark.parametrize(
    ("path", "rule", "said"),
    [
        ("/loop", "wrapper_loop", "step 2 leads back to {base}/loop"), ("/circle/a", "wrapper_loop", "step 3 leads back to {base}/circle/a"),
        ("/deep/0", "wrapper_depth", "more than 5 wrappers"), ("/gone", "wrapper_answer", "step 1: answers 404"),
        ("/page", "wrapper_answer", "step 1: "), ("/inside", "wrapper_answer", "step 2: 127.0.0.1 is not on the public internet"),
        ("/metadata", "wrapper_answer", "step 2: 169.254.169.254 is not on the public internet"),
        ("http://[::ffff:127.0.0.1]:22/", "wrapper_answer", "step 1: ::ffff:7f00:1 is not on the public internet"),
    ],
)  # fmt: skip
def test_a_way_that_does_not_end_well_is_named(bank, tmp_path, tags, path, rule, said):
    found, _ = followed(bank, tmp_path, tags, path)
    assert [one for one, _ in found] == [rule]
    assert next(iter(found))[1].startswith(said.format(base=tags))
    assert len(Tags.asked) <= 5


def test_the_job_follows_wrappers_only_and_only_once(bank, tmp_path, tags):
    followed(bank, tmp_path, tags, "/two")
    wrapper, asked = Version.objects.latest("pk"), len(Tags.asked)
    inline = receiving.receive(tmp_path / "inline.xml", name="inline.xml", creative=receiving.NewCreative(bank, "Film"), by=None, at=NOW)
    for version in (wrapper, inline):
        jobs.run(version_id=version.pk)
    assert (wrapper.runs.count(), inline.runs.count(), len(Tags.asked)) == (1, 0, asked)

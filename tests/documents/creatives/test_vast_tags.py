"""What is read from VAST tags, on published samples and on tags made here."""

import pytest

from bench import cases
from makegood.documents.creatives.probe import probe
from makegood.documents.creatives.vast_tag.reading import seconds
from makegood.engine.specs.facts import Spot

from . import making

SAMPLES = sorted(cases.folder("vast").glob("samples/*/*.xml"))
LINEAR = """<Ad id="1"><InLine><AdSystem>x</AdSystem><AdTitle>t</AdTitle><Impression>https://i.example</Impression>
<Creatives><Creative><Linear><Duration>00:00:15</Duration><MediaFiles>
<MediaFile delivery="progressive" type="{mime}" width="640" height="360" {more}>{url}</MediaFile>
</MediaFiles></Linear></Creative></Creatives></InLine></Ad>"""


def tag(tmp_path, data):
    path = tmp_path / "tag.xml"
    path.write_bytes(data)
    return probe(path, name="tag.xml")


@pytest.mark.skipif(not SAMPLES, reason="the IAB samples are not on this machine")
def test_the_published_samples_are_read_and_whole():
    assert len(SAMPLES) >= 20
    for path in SAMPLES:
        facts = probe(path, name=path.name)
        assert facts.version in ("3.0", "4.0", "4.1"), path
        assert (facts.broken, facts.alien, facts.unordered) == ((), (), ()), path
        assert bool(facts.ads) == (b"<Ad " in path.read_bytes()), path


def test_a_whole_tag(tmp_path):
    data = making.vast(LINEAR.format(mime="video/mp4", more='bitrate="1500"', url="<![CDATA[ https://c.example/a.mp4 ]]>"))
    facts = tag(tmp_path, data)
    (ad,) = facts.ads
    (media,) = ad.media
    assert (facts.version, ad.kind, ad.title, ad.duration_s, ad.impressions) == ("3.0", "inline", "t", 15.0, 1)
    assert (media.url, media.mime, media.width, media.bitrate_kbps) == ("https://c.example/a.mp4", "video/mp4", 640, 1500.0)
    assert (facts.broken, facts.insecure, facts.vpaid, facts.interactive) == ((), (), (), ())


@pytest.mark.parametrize(("mime", "more", "vpaid", "simid"), [
    ("video/mp4", 'apiFramework="VPAID"', 1, 0), ("application/javascript", "", 1, 0),
    ("application/x-shockwave-flash", "", 1, 0), ("text/html", 'apiFramework="SIMID"', 0, 1), ("video/mp4", "", 0, 0),
])  # fmt: skip
def test_executable_media_is_found(tmp_path, mime, more, vpaid, simid):
    facts = tag(tmp_path, making.vast(LINEAR.format(mime=mime, more=more, url="https://c.example/a")))
    assert (len(facts.vpaid), len(facts.interactive)) == (vpaid, simid)


def test_a_wrapper_is_noted_with_its_address(tmp_path):
    body = "<Ad><Wrapper><AdSystem>x</AdSystem><VASTAdTagURI>http://w.example</VASTAdTagURI><Impression>https://i.example</Impression><Creatives/></Wrapper></Ad>"
    facts = tag(tmp_path, making.vast(body))
    assert (facts.ads[0].kind, facts.ads[0].wrapped_url, facts.broken) == ("wrapper", "http://w.example", ())
    assert facts.insecure == (Spot("http://w.example", "VASTAdTagURI, line 2"),)


@pytest.mark.parametrize(("body", "root", "what"), [
    ("<Ad><InLine/></Ad>", '<VAST version="3.0">', {"no AdSystem", "no Impression", "no AdTitle", "no Creatives"}),
    ("<Ad/>", '<VAST version="2.0">', {"neither InLine nor Wrapper", "no id attribute"}),
    ("", "<VAST>", {"no published version (none given)"}),
    ("<Ad><Wrapper><AdSystem/><Impression>https://i.example</Impression></Wrapper></Ad>", '<VAST version="3.0">',
     {"no VASTAdTagURI", "no Creatives"}),
    (LINEAR.format(mime="video/mp4", more="", url="").replace("00:00:15", "15"), '<VAST version="4.2">',
     {"no AdServingId", "no UniversalAdId", "Duration is not a time HH:MM:SS: '15'", "an address is empty"}),
])  # fmt: skip
def test_what_the_standard_demands_and_the_tag_lacks(tmp_path, body, root, what):
    assert {spot.what for spot in tag(tmp_path, making.vast(body, root=root)).broken} == what


@pytest.mark.parametrize(("address", "found"), [
    ("https://a.example/?c=[CACHEBUSTING]&e=%5BERRORCODE%5D&t=[TIMESTAMP]", []), ("https://a.example/?r=[RANDOM]", ["[RANDOM]"]),
    ("https://a.example/?c=%%CACHEBUSTER%%&u=${URL}", ["%%CACHEBUSTER%%", "${URL}"]), ("https://a.example/?a[]=1", []),
])  # fmt: skip
def test_macros_nobody_fills_in_are_found(tmp_path, address, found):
    facts = tag(tmp_path, making.vast(LINEAR.format(mime="video/mp4", more="", url=f"<![CDATA[{address}]]>")))
    assert [spot.what for spot in facts.macros] == found
    assert {spot.where for spot in facts.macros} <= {"MediaFile, line 4"}


def test_encodings_and_byte_order_marks(tmp_path):
    body = making.vast("<Ad><InLine><AdTitle>\u00fc</AdTitle></InLine></Ad>", head="").decode()
    for data in (b"\xef\xbb\xbf" + body.encode(), body.encode("utf-16"),
                 b'<?xml version="1.0" encoding="ISO-8859-1"?>' + body.encode("latin-1")):  # fmt: skip
        assert tag(tmp_path, data).ads[0].title == "\u00fc"


def test_durations_are_clock_times():
    assert [seconds(one) for one in ("00:00:15", "01:02:03.500", " 00:00:06 ", "15", "00:60:00", "")] == [
        15.0, 3723.5, 6.0, None, None, None,
    ]  # fmt: skip


@pytest.mark.parametrize(("address", "secure"), [
    ("https://a.example/x", True), ("HTTPS://a.example/x", True), ("[CLICKURL]", True), ("${CLICK}https://a.example", True),
    ("http://a.example/x", False), ("//a.example/x", False), ("a.mp4", False), ("ftp://a.example/x", False), ("javascript:a()", False),
])  # fmt: skip
def test_an_address_is_secure_only_with_its_scheme(tmp_path, address, secure):
    facts = tag(tmp_path, making.vast(LINEAR.format(mime="video/mp4", more="", url=f"<![CDATA[{address}]]>")))
    assert [spot.what for spot in facts.insecure] == ([] if secure else [address])


def test_progress_without_its_moment_is_told(tmp_path):
    events = '<TrackingEvents><Tracking event="progress" offset="00:00:05">https://t.example</Tracking><Tracking event="progress">https://t.example</Tracking></TrackingEvents>'
    facts = tag(tmp_path, making.vast(LINEAR.format(mime="video/mp4", more="", url="https://a.example").replace("<MediaFiles>", f"{events}<MediaFiles>")))
    assert [spot.what for spot in facts.alien] == ["a progress event without its offset"]

"""What is read from an HTML5 zip without running it, and that unpacking stays inside its folder."""

import pytest

from makegood.documents.creatives import UnreadableCreative, unpack_bundle
from makegood.documents.creatives.probe import probe
from makegood.engine.specs.facts import Spot

from . import making

PICTURE = making.png()


def bundle(tmp_path, page=making.PAGE, **files):
    path = making.zipped(tmp_path / "ad.zip", {"index.html": page, "a.png": PICTURE, **files})
    return probe(path, name="ad.zip")


def page(head="", body=""):
    return f'<!DOCTYPE html>\n<html><head>{head}</head>\n<body><img src="a.png">{body}</body></html>'.encode()


def test_a_plain_bundle(tmp_path):
    facts = bundle(tmp_path)
    assert (facts.entry, facts.width, facts.height, facts.files) == ("index.html", 300, 250, 2)
    assert facts.click == Spot("clickTag", "index.html:3")
    assert (facts.outside_requests, facts.missing, facts.unused, facts.apis) == ((), (), (), ())
    assert facts.unpacked_bytes == len(making.PAGE) + len(PICTURE)
    assert (facts.initial_requests, facts.subload_bytes) == (2, 0)


def test_references_are_followed_through_style_sheets_and_folders(tmp_path):
    css = b'@import "more.css";\n.a { background: url(../img/b.png?x=1) }\n.c { background: url("https://cdn.example/c.png") }'
    facts = bundle(tmp_path, page('<link rel="stylesheet" href="css/a.css">'), **{
        "css/a.css": css, "css/more.css": b".d { src: url('//fonts.example/d.woff2') }", "img/b.png": PICTURE,
    })  # fmt: skip
    assert facts.missing == () and facts.unused == ()
    assert set(facts.outside_requests) == {
        Spot("https://cdn.example/c.png", "css/a.css:3"), Spot("//fonts.example/d.woff2", "css/more.css:1"),
    }  # fmt: skip


def test_missing_unused_and_late_files(tmp_path):
    script = b"var n = 2; new Image().src = 'late.png';"
    facts = bundle(tmp_path, page('<script src="ad.js"></script><img src="Gone.png">'), **{
        "ad.js": script, "late.png": PICTURE, "old.txt": b"x",
    })  # fmt: skip
    assert facts.missing == (Spot("Gone.png", "index.html:2"),)
    assert facts.unused == ("old.txt",)
    assert facts.subload_bytes >= len(PICTURE)


@pytest.mark.parametrize(("script", "tag"), [
    ("window.open(clickTag)", "clickTag"), ("window.open(window.clickTAG1)", "clickTAG"), ("Enabler.exit('x')", "Enabler.exit"),
    ("ExitApi.exit()", "ExitApi.exit"), ("mraid.open(u)", "mraid.open"), ("dhtml.getVar('clickTAG', 'x')", "dhtml.getVar"),
])  # fmt: skip
def test_click_tag_variants(tmp_path, script, tag):
    assert bundle(tmp_path, page(body=f"<script>{script}</script>")).click.what == tag


def test_a_click_written_into_the_ad_is_found(tmp_path):
    body = '<a href="https://shop.example/x">go</a><div onclick="window.open(\'https://two.example\')"></div>'
    facts = bundle(tmp_path, page(body=body))
    assert facts.click is None
    assert {spot.what for spot in facts.hard_coded_clicks} == {"https://shop.example/x", "https://two.example"}
    assert facts.outside_requests == ()


def test_a_click_tag_default_is_not_an_outside_request(tmp_path):
    facts = bundle(tmp_path, page(body='<script>var clickTag = "https://shop.example";</script>'))
    assert (facts.outside_requests, facts.hard_coded_clicks) == ((), ())


@pytest.mark.parametrize(("script", "name"), [
    ("document.cookie = 1", "document.cookie"), ("localStorage.x", "localStorage"), ("document.write('x')", "document.write"),
    ("eval('1')", "eval"), ("new Function('1')", "eval"), ("alert(1)", "alert"), ("top.location = u", "top window"),
    ("navigator.geolocation.x()", "geolocation"), ("fetch(u)", "network call"), ("new WebSocket(u)", "network call"),
    ("navigator.mediaDevices.getUserMedia({})", "camera or microphone"),
])  # fmt: skip
def test_browser_functions_are_listed_with_their_line(tmp_path, script, name):
    facts = bundle(tmp_path, page(body=f"<script>var a;\n{script};</script>"))
    assert facts.apis == (Spot(name, "index.html:4"),)


def test_words_that_only_look_like_browser_functions_are_not(tmp_path):
    script = "medieval(); retrieval(1); fetching(2); desktop.locations; myAlert(3);"
    assert bundle(tmp_path, page(body=f"<script>{script}</script>")).apis == ()


@pytest.mark.parametrize(("css", "seconds", "endless"), [
    (".a{animation: spin 2s linear 1s 5}", 11.0, 0), (".a{animation: spin 500ms}", 0.5, 0),
    (".a{animation-name:b; animation-duration: 3s; animation-iteration-count: 6}", 18.0, 0),
    (".a{animation: spin 2s infinite}", 0.0, 1), ("@media all{.a{-webkit-animation: b 4s, c 6s}}", 6.0, 0),
    (".a{color: red}", 0.0, 0), ("{" * 5000, 0.0, 0),
])  # fmt: skip
def test_declared_movement(tmp_path, css, seconds, endless):
    facts = bundle(tmp_path, page(f"<style>{css}</style>"))
    assert (facts.animation_s, len(facts.endless)) == (seconds, endless)


def test_a_page_nested_200_000_deep_is_read_flat(tmp_path):
    assert bundle(tmp_path, page(body="<div>" * 200_000)).entry == "index.html"


def test_sound_that_starts_by_itself(tmp_path):
    facts = bundle(tmp_path, page(body='<video autoplay src="a.png"></video><video autoplay muted src="a.png"></video>'))
    assert facts.autoplay_sound == (Spot("<video autoplay>", "index.html:3"),)


def test_the_page_with_the_size_nearest_the_top_is_the_entry(tmp_path):
    path = making.zipped(tmp_path / "ad.zip", {
        "__MACOSX/x.html": b"", "set/help.html": page(), "set/ad.html": making.PAGE, "set/deep/index.html": making.PAGE,
        "set/a.png": PICTURE,
    })  # fmt: skip
    facts = probe(path, name="ad.zip")
    assert (facts.entry, facts.files) == ("set/ad.html", 4)


def test_unpacking_writes_the_files_and_nothing_else(tmp_path):
    path = making.zipped(tmp_path / "ad.zip", {"index.html": making.PAGE, "img/a.png": PICTURE})
    done = unpack_bundle(path, tmp_path / "out")
    assert (done.entry, done.files, done.width, done.height) == ("index.html", ("img/a.png", "index.html"), 300, 250)
    assert {p.relative_to(tmp_path / "out").as_posix() for p in (tmp_path / "out").rglob("*") if p.is_file()} == set(done.files)
    assert (tmp_path / "out/img/a.png").read_bytes() == PICTURE
    with pytest.raises(FileExistsError):
        unpack_bundle(path, tmp_path / "out")


def test_a_refused_bundle_leaves_nothing_behind(tmp_path):
    path = making.zipped(tmp_path / "ad.zip", {"index.html": making.PAGE, "../evil.txt": b"x"})
    with pytest.raises(UnreadableCreative):
        unpack_bundle(path, tmp_path / "out")
    assert not (tmp_path / "out").exists() and not (tmp_path / "evil.txt").exists()

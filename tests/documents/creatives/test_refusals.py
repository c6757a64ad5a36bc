"""What may not be opened is refused by name, with a place and a remedy; and each cap alone holds its door."""

import dataclasses
import zipfile

import pytest
from PIL import Image

from makegood.documents.creatives import UnreadableCreative
from makegood.documents.creatives.caps import DEFAULT
from makegood.documents.creatives.probe import probe

from . import making

DEEP = 200_000


def refusal(path, caps=DEFAULT):
    with pytest.raises(UnreadableCreative) as refused:
        probe(path, name=path.name, caps=caps)
    assert refused.value.reason and path.name in refused.value.where and refused.value.remedy
    return refused.value.rule


def written(path, data):
    path.write_bytes(data)
    return path


PNG = making.png()
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
FILES = {
    "empty.png": (b"", "file.empty"),
    "logo.svg": (SVG, "file.svg"),
    "logo.png": (b'<?xml version="1.0"?>\n<!-- x -->' + SVG, "file.svg"),
    "page.html": (b"<!DOCTYPE html><html></html>", "file.lone_html"),
    "tag.txt": (b"<script src='https://x.example/a.js'></script>", "file.lone_html"),
    "ad.pdf": (b"%PDF-1.7\n", "file.not_taken"),
    "ad.psd": (b"8BPS\0\1", "file.not_taken"),
    "ad.zip": (b"Rar!\x1a\x07", "file.not_taken"),
    "ad.jpg": (b"MZ\x90\0", "file.not_taken"),
    "words.png": (b"Not a picture at all, only words.", "file.unknown_type"),
    "noise.mp4": (bytes(range(256)) * 8, "file.unknown_type"),
    "cut.png": (PNG[:-60], "image.damaged"),
    "head.png": (PNG[:20], "image.damaged"),
    "cut.gif": (b"GIF89a\x2c\x01", "image.damaged"),
    "cut.mp4": (b"\0\0\0\x18ftypisom\0\0\2\0isomiso2", "media.damaged"),
    "cut.mp3": (b"ID3\4\0\0\0\0\0\0", "media.damaged"),
    "cut.wav": (b"RIFF\x24\0\0\0WAVEfmt ", "media.damaged"),
    "cut.zip": (b"PK\x03\x04" + b"\0" * 40, "archive.damaged"),
    "odd.json": (b'{"title": ', "text.json"),
    "deep.json": (b"[" * DEEP, "text.too_deep"),
    "long.json": (b'{"a": ' + b"9" * 5000 + b"}", "text.json"),
    "latin.json": ('{"title": "Gl\u00fcck"}'.encode("latin-1"), "text.encoding"),
    "dtd.xml": (making.vast(head='<!DOCTYPE VAST SYSTEM "http://127.0.0.1:9/x.dtd">'), "xml.dtd"),
    "laughs.xml": (making.vast(head='<!DOCTYPE v [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>', body="&b;"), "xml.dtd"),
    "late.xml": (making.vast(body="<Ad><!DOCTYPE x></Ad>"), "xml.dtd"),
    "entity.xml": (making.vast(body="<Ad>&outside;</Ad>"), "xml.malformed"),
    "deep.xml": (making.vast(body="<a>" * DEEP + "</a>" * DEEP)[: 1 << 20], "xml.too_deep"),
    "wide.xml": (making.vast(body="<a/>" * 30_000), "xml.too_deep"),
    "cut.xml": (making.vast(body="<Ad><![CDATA[never closed"), "xml.truncated"),
    "quote.xml": (making.vast(body='<Ad id="never closed>'), "xml.truncated"),
    "crossed.xml": (making.vast(body="<Ad></Da>"), "xml.malformed"),
    "odd.xml": (making.vast(head='<?xml version="1.0" encoding="UTF-7"?>'), "xml.encoding"),
    "wrong.xml": (making.vast(body="\u00fc").decode().encode("latin-1"), "xml.encoding"),
    "big.xml": (making.vast(body=" " * (20 << 20)), "file.too_large"),
    "feed.xml": (b"<rss version='2.0'/>", "vast.root"),
    "one.xml": (b"<VideoAdServingTemplate/>", "vast.root"),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_a_bad_file_is_named(name, tmp_path):
    data, rule = FILES[name]
    assert refusal(written(tmp_path / name, data)) == rule


def bundle_with(**files):
    return lambda path: making.zipped(path, {"index.html": making.PAGE, **files})


ARCHIVES = {
    "slip": (lambda path: making.zipped(path, {"../../evil.sh": b"x", "index.html": making.PAGE}), "archive.slip"),
    "root": (lambda path: making.zipped(path, {"/etc/evil": b"x"}), "archive.slip"),
    "drive": (lambda path: making.zipped(path, {"C:/evil": b"x"}), "archive.slip"),
    "backslash": (lambda path: making.zipped(path, {"..\\evil": b"x"}), "archive.slip"),
    "link": (making.linked, "archive.link"),
    "password": (making.locked, "archive.encrypted"),
    "nested by name": (bundle_with(**{"more.zip": b"x"}), "archive.nested"),
    "nested by content": (bundle_with(**{"a.png": b"PK\x03\x04 hidden"}), "archive.nested"),
    "twins": (bundle_with(**{"A.PNG": b"x", "a.png": b"y"}), "archive.duplicate"),
    "odd packing": (lambda path: making.zipped(path, {"index.html": making.PAGE}, compression=zipfile.ZIP_LZMA),
                    "archive.compression"),
    "no page": (lambda path: making.zipped(path, {"a.png": PNG}), "bundle.no_entry"),
    "Word": (lambda path: making.zipped(path, {"[Content_Types].xml": b"<x/>", "a.html": b""}), "file.not_taken"),
    "lying sizes": (lambda path: making.lying(path, 2), "archive.damaged"),
}  # fmt: skip


@pytest.mark.parametrize("what", ARCHIVES)
def test_a_bad_archive_is_named(what, tmp_path):
    make, rule = ARCHIVES[what]
    assert refusal(make(tmp_path / "ad.zip")) == rule


# The guard off, the same file passes: the guard and nothing else refused it.
def many(path):
    return making.zipped(path, {"index.html": making.PAGE, "a.png": PNG, **{f"{n}.css": b"" for n in range(150)}})


def bomb(path):
    return making.zipped(path, {"index.html": making.PAGE, "a.png": PNG, "b.js": b" " * (4 << 20)})


def flood(path):
    Image.new("L", (7000, 7000)).save(path, "PNG")
    return path


def frames(path):
    first, *rest = [Image.new("L", (40, 40), 4 * shade) for shade in range(60)]
    first.save(path, "GIF", save_all=True, append_images=rest, duration=50)
    return path


def nested(path):
    return written(path, making.vast(body="<a>" * 80 + "</a>" * 80))


def nested_json(path):
    return written(path, b'{"a":' * 40 + b"1" + b"}" * 40)


def lasting(path):
    return making.sine(path, seconds=3, rate=8000)


CAPS = {
    "files": ("ad.zip", many, {"archive_files": 20}, {"archive_files": 500}, "archive.too_many_files"),
    "unpacked": ("ad.zip", bomb, {"archive_bytes": 1 << 20}, {"archive_ratio": 10_000}, "archive.bomb"),
    "ratio": ("ad.zip", bomb, {}, {"archive_ratio": 10_000}, "archive.bomb"),
    "pixels": ("ad.png", flood, {}, {"pixels": 100_000_000}, "image.too_many_pixels"),
    "frames": ("ad.gif", frames, {"frames": 50}, {}, "image.too_many_pixels"),
    "frame pixels": ("ad.gif", frames, {"frame_pixels": 90_000}, {}, "image.too_many_pixels"),
    "depth": ("tag.xml", nested, {}, {"xml_depth": 200}, "xml.too_deep"),
    "elements": ("tag.xml", nested, {"xml_elements": 50, "xml_depth": 200}, {"xml_depth": 200}, "xml.too_deep"),
    "JSON depth": ("ad.json", nested_json, {}, {"json_depth": 50}, "text.too_deep"),
    "length": ("spot.wav", lasting, {"media_s": 2.0}, {}, "media.too_long"),
    "weight": ("ad.gif", frames, {"file_bytes": {"image": 100}}, {}, "file.too_large"),
}  # fmt: skip


@pytest.mark.parametrize("what", CAPS)
def test_each_cap_alone_holds_its_door(what, tmp_path):
    name, make, low, high, rule = CAPS[what]
    path = make(tmp_path / name)
    assert refusal(path, dataclasses.replace(DEFAULT, **low)) == rule
    assert probe(path, name=name, caps=dataclasses.replace(DEFAULT, **high)).file.name == name


def test_the_number_of_members_is_capped_with_folders_counted(tmp_path):
    path = tmp_path / "ad.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(500):
            archive.mkdir(f"d{number}")
    assert refusal(path) == "archive.too_many_files"


@pytest.mark.parametrize("head", [PNG, b"PK\x03\x04", b"RIFF\0\0\0\0WAVE", b"\0\0\0\x18ftypisom", b"<VAST>", b"\xff\xfb\x90"])
def test_a_gigabyte_is_refused_before_it_is_read(head, tmp_path):
    path = written(tmp_path / "ad.bin", head)
    with path.open("ab") as stream:
        stream.truncate((1 << 30) + 4096)  # sparse: takes no room
    assert refusal(path) == "file.too_large"


def test_a_later_frame_may_not_flood_either(tmp_path):
    data = bytearray(frames(tmp_path / "ad.gif").read_bytes())
    place = data.index(b"\x2c", data.index(b"\x2c") + 20)
    data[place + 5 : place + 9] = b"\xff\xff\xff\xff"
    assert refusal(written(tmp_path / "ad.gif", bytes(data))) in ("image.too_many_pixels", "image.damaged")

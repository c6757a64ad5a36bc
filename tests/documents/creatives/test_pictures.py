"""What is read from pictures and copy, and that a name deceives nobody."""

import io
import json

import pytest
from PIL import Image, ImageCms, ImageDraw

from makegood.documents.creatives import image
from makegood.documents.creatives.probe import probe
from makegood.engine import specs

from . import making


def facts_of(path, data):
    path.write_bytes(data)
    return probe(path, name=path.name)


def saved(picture, encoding, **options):
    out = io.BytesIO()
    picture.save(out, encoding, **options)
    return out.getvalue()


def test_a_plain_picture(tmp_path):
    facts = facts_of(tmp_path / "ad.png", making.png())
    assert (facts.encoding, facts.width, facts.height, facts.colour_mode) == ("PNG", 300, 250, "RGB")
    assert (facts.transparent, facts.frames, facts.loops, facts.duration_s) == (False, 1, None, 0.0)
    assert (facts.file.weight_bytes, facts.file.content_type) == ((tmp_path / "ad.png").stat().st_size, "image/png")
    assert facts.file.gzipped_bytes <= facts.file.weight_bytes


@pytest.mark.parametrize(("encoding", "named"), [("JPEG", "ad.png"), ("PNG", "ad.mp4"), ("GIF", "ad.exe"), ("WEBP", "ad")])
def test_the_content_decides_and_the_name_is_questioned(tmp_path, encoding, named):
    facts = facts_of(tmp_path / named, saved(Image.new("RGB", (300, 250), (9, 9, 9)), encoding))
    assert facts.encoding == encoding
    assert [f.rule for f in specs.check(facts, specs.by_code("display-300x250")) if f.rule == "file_name"] == ["file_name"]


@pytest.mark.parametrize(("encoding", "loop", "plays"), [
    ("GIF", None, 1), ("GIF", 0, 0), ("GIF", 2, 3), ("PNG", 3, 3), ("WEBP", 2, 2),
])  # fmt: skip
def test_an_animation_is_timed(tmp_path, encoding, loop, plays):
    frames = [Image.new("RGB", (30, 25), (80 * n, 0, 0)) for n in range(3)]
    options = {} if loop is None else {"loop": loop}
    data = saved(frames[0], encoding, save_all=True, append_images=frames[1:], duration=[500, 250, 1000], **options)
    facts = facts_of(tmp_path / "ad.gif", data)
    assert (facts.frames, facts.duration_s, facts.loops, facts.max_fps) == (3, 1.75, plays, 4.0)


def test_transparency_is_seen_only_where_something_shows_through(tmp_path):
    clear, opaque = Image.new("RGBA", (30, 18), (0, 0, 0, 0)), Image.new("RGBA", (30, 18), (9, 9, 9, 255))
    seen = [facts_of(tmp_path / "a.png", saved(one, "PNG")).transparent for one in (clear, opaque)]
    assert seen == [True, False]


@pytest.mark.parametrize(("ground", "line", "pale", "border"), [
    ("white", None, True, False), ("white", "black", True, True), ("navy", None, False, True),
])  # fmt: skip
def test_a_pale_edge_needs_a_line(tmp_path, ground, line, pale, border):
    picture = Image.new("RGB", (300, 250), ground)
    if line:
        ImageDraw.Draw(picture).rectangle((0, 0, 299, 249), outline=line)
    facts = facts_of(tmp_path / "ad.png", saved(picture, "PNG"))
    assert (facts.edge_is_pale, facts.has_border) == (pale, border)


def test_the_fingerprint_survives_another_encoding_and_size(tmp_path):
    picture = Image.linear_gradient("L").rotate(35).convert("RGB")
    same = facts_of(tmp_path / "a.png", saved(picture, "PNG")).dhash
    like = facts_of(tmp_path / "b.jpg", saved(picture.resize((600, 500)), "JPEG", quality=60)).dhash
    other = facts_of(tmp_path / "c.png", saved(picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT), "PNG")).dhash

    def apart(a, b):
        return (int(a, 16) ^ int(b, 16)).bit_count()

    assert apart(same, like) <= 4 and apart(same, other) > 16


def test_a_zip_or_a_script_behind_a_picture_is_noticed(tmp_path):
    inner = making.zipped(tmp_path / "in.zip", {"index.html": making.PAGE}).read_bytes()
    both = facts_of(tmp_path / "ad.png", making.png() + inner + b"<SCRIPT>x</SCRIPT>")
    assert (both.file.hides_archive, both.file.script_inside) == (True, "<script")
    clean = facts_of(tmp_path / "ok.png", making.png())
    assert (clean.file.hides_archive, clean.file.script_inside) == (False, "")


def test_print_colours_are_told(tmp_path):
    assert facts_of(tmp_path / "ad.jpg", saved(Image.new("CMYK", (30, 25)), "JPEG")).colour_mode == "CMYK"


def test_native_fields_by_any_name(tmp_path):
    plain = {"headline": "Walk", "ctaText": "Go", "landing_page": "https://a.example", "logo": {"url": "https://b.example"}}
    assert facts_of(tmp_path / "a.json", json.dumps(plain).encode()).fields == (
        ("title", "Walk"), ("cta", "Go"), ("url", "https://a.example"), ("logo", "https://b.example"),
    )  # fmt: skip
    openrtb = {"native": {"assets": [
        {"id": 1, "title": {"text": "Walk"}}, {"id": 2, "img": {"url": "https://i.example"}},
        {"id": 3, "data": {"type": 1, "value": "Halden"}}, {"id": 4, "data": {"type": 2, "value": "Boots"}}, 7,
    ], "link": {"url": "https://a.example"}}}  # fmt: skip
    assert facts_of(tmp_path / "b.json", json.dumps(openrtb).encode()).fields == (
        ("title", "Walk"), ("image", "https://i.example"), ("brand", "Halden"), ("body", "Boots"), ("url", "https://a.example"),
    )  # fmt: skip
    assert facts_of(tmp_path / "c.txt", b"Read this aloud.\n").fields == (("script", "Read this aloud."),)


@pytest.mark.parametrize("border", [0, 1, 3])
def test_the_space_around_words_is_measured(border):
    picture = Image.new("L", (300, 250), 90)
    picture.paste(230, (20, 31, 250, 190))
    if border:
        ImageDraw.Draw(picture).rectangle((0, 0, 299, 249), outline=255, width=border)
    assert image.margins(picture) == (31, 49, 59, 20)
    assert image.margins(Image.new("L", (300, 250), 90)) == image.margins(Image.new("L", (6, 6))) == (-1, -1, -1, -1)


def test_a_soft_ground_is_no_detail():
    ground = Image.linear_gradient("L").resize((300, 250))
    assert image.margins(ground) == (-1, -1, -1, -1)


def test_the_colour_profile_is_named(tmp_path):
    path = tmp_path / "a.png"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for data, name in ((profile, "sRGB"), (b"no profile at all", ""), (None, "")):
        Image.new("RGB", (30, 25)).save(path, "PNG", icc_profile=data)
        found = probe(path, name="a.png").colour_profile
        assert found.startswith(name) and bool(found) == bool(name)


def test_a_picture_is_seen_as_a_browser_shows_it(tmp_path):
    turned = Image.Exif()
    turned[0x0112] = 6
    facts = facts_of(tmp_path / "a.jpg", saved(Image.new("RGB", (250, 300), (9, 9, 9)), "JPEG", exif=turned))
    assert (facts.width, facts.height) == (300, 250)
    clear = Image.new("RGBA", (300, 250), (0, 0, 0, 0))
    clear.paste((200, 20, 20, 255), (60, 60, 240, 190))
    facts = facts_of(tmp_path / "a.png", saved(clear, "PNG"))
    assert (facts.transparent, facts.edge_is_pale, facts.has_border) == (True, True, False)

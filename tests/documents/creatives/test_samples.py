"""The demo creatives: the good ones pass, each planted fault is found by its rule, the same seed gives the same file."""

import pytest

from makegood.documents.creatives import probe, samples
from makegood.documents.creatives.refusals import UnreadableCreative
from makegood.documents.creatives.samples import apart
from makegood.documents.creatives.samples.brand import UnknownFault
from makegood.engine import specs

from . import making

URL = {"media_url": "https://cdn.example/a.mp4", "click_url": "https://halden.example/"}


def findings(path, profile):
    facts = probe.probe(path, name=path.name)
    return [(finding.rule, finding.severity) for finding in specs.check(facts, specs.by_code(profile))]


@pytest.mark.parametrize("size", [
    "970x250", "970x90", "728x90", "300x250", "160x600", "300x1050", "300x600", "320x50", "120x60", "1080x1920",
])  # fmt: skip
@pytest.mark.parametrize("ending", ["png", "jpg"])
def test_a_good_banner_passes_at_every_size(tmp_path, size, ending):
    path = samples.banner(tmp_path / f"ad.{ending}", making.BRAND, size=size)
    profile = "display-interstitial" if size == "1080x1920" else f"display-{size}"
    assert findings(path, profile) == []


@pytest.mark.parametrize(("ending", "fault", "found"), [
    ("png", "too_heavy", [("max_weight_kb", "block")]), ("jpg", "too_heavy", [("max_weight_kb", "block")]),
    ("png", "wrong_size", [("sizes", "block")]), ("jpg", "print_colours", [("colour", "block")]),
    ("png", "no_border", [("border", "warn")]), ("gif", "endless", [("max_animation_s", "block")]), ("gif", None, []),
])  # fmt: skip
def test_a_planted_fault_of_a_banner_is_found(tmp_path, ending, fault, found):
    assert findings(samples.banner(tmp_path / f"ad.{ending}", making.BRAND, fault=fault), "display-300x250") == found


@pytest.mark.parametrize(("fault", "found"), [
    (None, []), ("too_heavy", [("max_initial_kb", "block")]), ("wrong_size", [("sizes", "block")]),
    ("missing_clicktag", [("click_tag", "block")]), ("outside_request", [("self_contained", "block")]),
    ("endless", [("max_animation_s", "block")]), ("missing_file", [("complete", "block")]),
    ("cookies", [("blocked_apis", "block")]),
])  # fmt: skip
def test_a_planted_fault_of_a_bundle_is_found(tmp_path, fault, found):
    assert findings(samples.bundle(tmp_path / "ad.zip", making.BRAND, fault=fault), "display-300x250") == found


@pytest.mark.parametrize(("ending", "fault", "found"), [
    ("mp3", None, []), ("wav", None, []), ("mp3", "too_loud", [("loudness_lufs", "block")]),
    ("mp3", "wrong_length", [("durations", "block")]), ("mp3", "silent_start", [("max_silence_s", "warn")]),
    ("mp3", "low_bitrate", [("sound_kbps", "block")]), ("wav", "low_rate", [("sample_rates_hz", "block")]),
])  # fmt: skip
def test_a_planted_fault_of_a_spot_is_found(tmp_path, ending, fault, found):
    assert findings(samples.spot(tmp_path / f"spot.{ending}", fault=fault), "audio-streaming") == found


@pytest.mark.parametrize(("fault", "found"), [
    (None, []), ("index_last", [("index_first", "warn")]), ("no_sound", [("has_sound", "warn")]),
    ("wrong_size", [("min_size", "block")]), ("too_loud", [("loudness_lufs", "warn")]),
    ("wrong_length", [("durations", "block")]),
])  # fmt: skip
def test_a_planted_fault_of_a_film_is_found(tmp_path, fault, found):
    assert findings(samples.film(tmp_path / "film.mp4", making.BRAND, fps=12 * 2, fault=fault), "video-online") == found


@pytest.mark.parametrize(("fault", "found"), [
    (None, set()), ("insecure", {("vast_https", "block")}), ("vpaid", {("no_vpaid", "block")}),
    ("no_tracking", {("tracking", "warn")}), ("no_media", {("vast_structure", "block"), ("media_types", "block")}),
])  # fmt: skip
def test_a_planted_fault_of_a_tag_is_found(tmp_path, fault, found):
    assert set(findings(samples.vast(tmp_path / "tag.xml", making.BRAND, **URL, fault=fault), "vast-online")) == found


def test_a_tag_with_a_document_type_is_refused(tmp_path):
    path = samples.vast(tmp_path / "tag.xml", making.BRAND, **URL, fault="dtd")
    with pytest.raises(UnreadableCreative, match="DOCTYPE"):
        probe.probe(path, name="tag.xml")


@pytest.mark.parametrize(("fault", "found"), [
    (None, []), ("too_long", [("max_chars", "block")]), ("no_brand", [("required_fields", "block")]),
    ("insecure", [("secure_addresses", "block")]),
])  # fmt: skip
def test_a_planted_fault_of_copy_is_found(tmp_path, fault, found):
    assert findings(samples.native(tmp_path / "ad.json", making.BRAND, url="https://halden.example", fault=fault), "native") == found


@pytest.mark.parametrize("make", [samples.banner, samples.bundle])
def test_the_same_seed_gives_the_same_file(tmp_path, make):
    suffix = "zip" if make is samples.bundle else "png"
    one, same, other = (make(tmp_path / f"{n}.{suffix}", making.BRAND, seed=seed) for n, seed in enumerate((1, 1, 2)))
    assert one.read_bytes() == same.read_bytes() != other.read_bytes()


def test_an_unknown_fault_names_those_there_are(tmp_path):
    with pytest.raises(UnknownFault, match="too_heavy, wrong_size"):
        samples.banner(tmp_path / "ad.png", making.BRAND, fault="ugly")


def test_long_words_still_fit(tmp_path):
    brand = samples.Brand("Donaudampfschifffahrtsgesellschaft & Partners", "Incomprehensibilities " * 6, "Read everything about it now")
    assert findings(samples.banner(tmp_path / "ad.png", brand, size="120x60"), "display-120x60") == []


def test_drawn_apart_it_is_the_same_file(tmp_path):
    near = samples.spot(tmp_path / "near.mp3", seconds=3.0, seed=4)
    assert apart.draw("spot", tmp_path / "apart.mp3", seconds=3.0, seed=4).read_bytes() == near.read_bytes()
    film = apart.draw("film", tmp_path / "apart.mp4", making.BRAND, seconds=1.0, fault="no_sound")
    assert film.read_bytes()[4:8] == b"ftyp"
    with pytest.raises(RuntimeError, match="UnknownFault"):
        apart.draw("spot", tmp_path / "wrong.mp3", seconds=1.0, fault="sings_flat")

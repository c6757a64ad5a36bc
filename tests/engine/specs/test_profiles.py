"""Profiles are data: complete, cited, the same after JSON, chosen by what a file is and not by leniency."""

import dataclasses
import json

import pytest

from makegood.engine import specs
from makegood.engine.specs import facts as f
from makegood.engine.specs import plain

from .samples import ad, audio, bundle, image, media, sound, text, vast, video


@pytest.mark.parametrize("profile", specs.profiles(), ids=lambda one: one.code)
def test_a_shipped_profile_is_complete(profile):
    assert specs.Profile.from_json(json.loads(json.dumps(profile.to_json()))) == profile
    assert all(need.required and need.source for need in specs.needs(profile))
    assert len({need.rule for need in profile.requirements}) == len(profile.requirements)
    assert set(profile.accepts) <= set(f.KINDS)


def test_codes_are_unique_and_found():
    codes = [one.code for one in specs.profiles()]
    assert len(set(codes)) == len(codes)
    assert [specs.by_code(code).code for code in codes] == codes
    with pytest.raises(specs.UnknownProfile, match="display-300x250"):
        specs.by_code("display-300x205")


def test_what_a_profile_says_of_itself():
    banner, spot = specs.by_code("display-300x250"), specs.by_code("audio-streaming")
    assert (banner.label, banner.sizes, banner.max_weight_kb) == ("display-300x250@2", ("300x250",), 150)
    assert (spot.durations_s, spot.value("loudness_lufs")) == ((15, 30), {"target": -16, "tolerance": 2})
    first = specs.needs(banner)[0]
    assert (first.title, first.required) == ("Size", "300x250 pixels")


def test_sources_that_contradict_each_other_are_shown():
    loudness = next(need for need in specs.needs(specs.by_code("audio-streaming")) if need.rule == "loudness_lufs")
    assert loudness.required == "−16 LUFS (±2)"
    assert "sources disagree: Spotify audio ad specs (ads.spotify.com, spotifyforbrands.com) says −14 LUFS (±1)" in loudness.source
    (found,) = [one for one in specs.check(audio(of=sound(integrated_lufs=-13.5)), specs.by_code("audio-streaming")) if one.rule == "loudness_lufs"]
    assert found.source == loudness.source


def test_a_profile_says_whose_it_is_and_how_it_is_bought():
    direct, programmatic = specs.by_code("spotify-audio-direct"), specs.by_code("spotify-audio-programmatic")
    assert (direct.seller, direct.path, programmatic.path) == ("Spotify", "direct", "programmatic")
    assert [one.value for one in next(n for n in direct.requirements if n.rule == "max_weight_kb").rivals] == [512000]


def test_an_unusable_profile_is_named():
    good = specs.by_code("native").to_json()
    with pytest.raises(specs.BadProfile, match="native: 'version'"):
        specs.Profile.from_json({key: value for key, value in good.items() if key != "version"})
    bad = {**good, "requirements": [{**good["requirements"][0], "severity": "fatal"}]}
    with pytest.raises(specs.BadProfile, match="native: required_fields: severity 'fatal'"):
        specs.Profile.from_json(bad)
    odd = specs.Profile.from_json({**good, "requirements": [{**good["requirements"][0], "rule": "max_weihgt"}]})
    with pytest.raises(specs.BadProfile, match="native@2: unknown rule 'max_weihgt'"):
        specs.check(text(), odd)


@pytest.mark.parametrize(("facts", "code"), [
    (image(), "display-300x250"),
    (image(width=270, height=225), "display-300x250"),
    (image(width=1456, height=180), "display-728x90"),
    (image(width=300, height=180, transparent=True), "retail-logo"),
    (bundle(width=160, height=600), "display-160x600"),
    (audio(duration_s=30.0), "audio-streaming"),
    (audio(duration_s=30.0, of=sound(integrated_lufs=-5.0, sample_rate_hz=8000)), "audio-streaming"),
    (audio(duration_s=60.0), "audio-podcast"),
    (video(), "video-online"),
    (vast(), "vast-online"),
    (vast(of=ad(media=(media(mime="audio/mpeg"),))), "vast-audio"),
    (text(), "native"),
    (text(("script", "Walk further")), "audio-script"),
    (image(width=1200, height=628), "social-x-image"),
    (text(("body", "Walk further")), "social-x-post"),
], ids=lambda one: one if isinstance(one, str) else "")  # fmt: skip
def test_the_profile_follows_from_format_and_size(facts, code):
    assert specs.choose(facts, specs.profiles()).code == code


def test_without_a_taker_the_choice_is_refused():
    with pytest.raises(specs.UnknownProfile, match="takes image files"):
        specs.choose(image(), (specs.by_code("native"),))


@pytest.mark.parametrize("facts", [image(), bundle(), audio(), video(), video(sound=None), vast(), text()])
def test_facts_survive_json(facts):
    assert plain.from_json(json.loads(json.dumps(plain.to_json(facts)))) == facts


@pytest.mark.parametrize(("change", "message"), [
    ({"kind": "flash"}, "unknown kind 'flash'"),
    ({"width": "300"}, "image.width: expected int"),
    ({"wide": 1}, "unknown field 'wide'"),
    ({"file": 3}, "image.file: expected an object"),
])  # fmt: skip
def test_strange_json_is_refused_by_place(change, message):
    with pytest.raises(ValueError, match=message):
        plain.from_json({**plain.to_json(image()), **change})


def test_facts_cannot_be_changed():
    with pytest.raises(dataclasses.FrozenInstanceError):
        image().width = 1

"""A corrected file meets the loudness it was corrected for, and nothing else of it changes."""

import hashlib
import json

import av
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from makegood.documents.creatives import UnreadableCreative, corrected, levels, report, samples
from makegood.documents.creatives.probe import probe
from makegood.documents.creatives.samples import music
from makegood.engine import specs
from makegood.interfaces.cli.main import app

from . import making


@pytest.mark.parametrize(("name", "lufs"), [("a.wav", -8.0), ("a.wav", -27.0), ("a.mp3", -9.0)])
def test_a_spot_comes_to_the_loudness_of_its_profile(tmp_path, name, lufs):
    path = samples.spot(tmp_path / name, seconds=15, lufs=lufs)
    made = tmp_path / f"corrected-{name}"
    made.write_bytes(corrected(path, lufs=-16.0, peak_dbtp=-1.0))
    before, after = probe(path, name=name), probe(made, name=name)
    assert report(path)["verdict"] == "block" and report(made)["verdict"] == "pass"
    assert after.sound.integrated_lufs == pytest.approx(-16, abs=0.1) and after.sound.true_peak_dbtp <= -1
    assert after.duration_s == pytest.approx(before.duration_s, abs=0.05)
    assert (after.container, after.sound.codec, after.sound.bitrate_kbps) == (before.container, before.sound.codec, before.sound.bitrate_kbps)


def pictures(path):
    with av.open(str(path)) as container:
        return [hashlib.sha256(bytes(packet)).hexdigest() for packet in container.demux(container.streams.video[0]) if packet.size]


def test_a_film_keeps_its_pictures_and_starts_as_fast(tmp_path):
    path, made = samples.film(tmp_path / "a.mp4", making.BRAND, seconds=3, size="320x180", kbps=300, fault="too_loud"), tmp_path / "b.mp4"
    made.write_bytes(corrected(path, lufs=-23.0, peak_dbtp=-1.0))
    facts = probe(made, name="b.mp4")
    assert facts.sound.integrated_lufs == pytest.approx(-23, abs=0.1) and facts.index_first
    assert pictures(made) == pictures(path)


@settings(max_examples=12, deadline=None)
@given(target=st.floats(-30, -12), ceiling=st.floats(-6, -1), seed=st.integers(0, 50), spike=st.booleans())
def test_loudness_is_met_under_the_ceiling_whatever_is_asked(target, ceiling, seed, spike):
    wave = music.bed(4, seed=seed, lufs=-20)
    if spike:
        wave[:, 70_000:70_006] = 0.95
    shaped = levels.brought_to(wave, 44100, "stereo", lufs=target, peak_dbtp=ceiling)
    loud, peak = levels.measure(shaped, 44100, "stereo")
    assert shaped.shape == wave.shape and peak <= ceiling + 0.05
    assert loud == pytest.approx(target, abs=0.1) or (loud < target and peak > ceiling - 1)


@pytest.mark.parametrize(("make", "why"), [
    (lambda path: making.sine(path, seconds=2, level=0.0), "silent"), (lambda path: path.write_bytes(making.png()), "Only sound"),
])  # fmt: skip
def test_what_cannot_be_corrected_is_said(tmp_path, make, why):
    make(tmp_path / "a.wav")
    with pytest.raises(UnreadableCreative, match=why):
        corrected(tmp_path / "a.wav", lufs=-16, peak_dbtp=-1)


def test_the_command_writes_a_new_file_and_never_over_one(tmp_path):
    path, target = samples.spot(tmp_path / "a.wav", seconds=15, fault="too_loud"), tmp_path / "b.wav"
    done = CliRunner().invoke(app, ["creative", "correct", str(path), str(target), "--json"])
    told = json.loads(done.stdout)
    assert (done.exit_code, told["profile"], round(told["after"]["loudness_lufs"])) == (0, specs.by_code("audio-streaming").label, -16)
    again = CliRunner().invoke(app, ["creative", "correct", str(path), str(target), "--json"])
    assert (again.exit_code, json.loads(again.stderr)["error"]["message"]) == (1, "the file exists")
    none = CliRunner().invoke(app, ["creative", "correct", str(path), str(tmp_path / "c.wav"), "--profile", "triton-audio", "--json"])
    assert none.exit_code == 1 and "asks for no loudness" in none.stderr and not (tmp_path / "c.wav").exists()


def test_a_tone_is_measured_as_the_standard_says():
    tone = (0.1 * np.sin(2 * np.pi * 997 * np.arange(5 * 48000) / 48000)).astype(np.float32)
    assert levels.measure(np.stack([tone, tone]), 48000, "stereo") == pytest.approx((-20.0, -20.0), abs=0.1)
    assert levels.measure(tone[None], 48000, "mono")[0] == pytest.approx(-23.01, abs=0.05)

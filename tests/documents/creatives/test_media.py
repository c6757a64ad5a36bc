"""Sound and video measured: against arithmetic where there is some, against what was encoded elsewhere."""

import io
import math
import struct
from fractions import Fraction

import av
import pytest
from PIL import Image

from makegood.documents.creatives import filmstrip, poster, samples, thumbnail, waveform
from makegood.documents.creatives.boxes import index_first
from makegood.documents.creatives.probe import probe
from makegood.documents.creatives.refusals import UnreadableCreative
from makegood.engine import specs

from . import making


@pytest.fixture(scope="module")
def film(tmp_path_factory):
    return samples.film(tmp_path_factory.mktemp("film") / "film.mp4", making.BRAND, seconds=2, size="320x180", kbps=300)


@pytest.fixture(scope="module")
def spot(tmp_path_factory):
    return samples.spot(tmp_path_factory.mktemp("spot") / "spot.mp3", seconds=6, seed=3)


@pytest.mark.parametrize("level", [0.05, 0.1, 0.5])
def test_loudness_of_a_sine_is_what_the_standard_says(tmp_path, level):
    # ITU-R BS.1770-4: a 997 Hz sine of 0 dBFS in one channel reads -3.01 LKFS; in both, 3.01 more.
    facts = probe(making.sine(tmp_path / "a.wav", level=level), name="a.wav")
    expected = 20 * math.log10(level)
    assert facts.sound.integrated_lufs == pytest.approx(expected, abs=0.05)
    assert facts.sound.true_peak_dbtp == pytest.approx(expected, abs=0.2)


def test_length_and_silences_to_the_sample(tmp_path):
    facts = probe(making.sine(tmp_path / "a.wav", seconds=4, pad=0.75), name="a.wav")
    assert (facts.container, facts.duration_s, facts.sound.codec) == ("wav", 5.5, "pcm_s16le")
    assert (facts.sound.sample_rate_hz, facts.sound.channels, facts.sound.bitrate_kbps) == (48000, 2, 1536.0)
    assert facts.sound.leading_silence_s == pytest.approx(0.75, abs=0.002)
    assert facts.sound.trailing_silence_s == pytest.approx(0.75, abs=0.002)


def test_a_silent_file_has_no_loudness(tmp_path):
    facts = probe(making.sine(tmp_path / "a.wav", seconds=2, level=0.0), name="a.wav")
    assert (facts.sound.integrated_lufs, facts.sound.leading_silence_s, facts.sound.trailing_silence_s) == (None, 2.0, 0.0)


def test_an_mp3_spot(spot):
    facts = probe(spot, name="spot.mp3")
    assert (facts.container, facts.sound.sample_rate_hz, facts.sound.bitrate_kbps) == ("mp3", 44100, 192.0)
    assert facts.duration_s == pytest.approx(6.0, abs=0.03)
    assert facts.sound.integrated_lufs == pytest.approx(-16, abs=0.5)
    assert facts.sound.true_peak_dbtp < -1


def test_a_film(film):
    facts = probe(film, name="film.mp4")
    assert (facts.codec, facts.width, facts.height, facts.fps, facts.pixel_format) == ("h264", 320, 180, 25.0, "yuv420p")
    assert (facts.interlaced, facts.index_first, facts.sound.codec) == (False, True, "aac")
    assert (facts.duration_s, facts.frames, facts.pixel_aspect) == (2.0, 50, 1.0)


def test_a_film_held_upright_and_one_of_wide_pixels(tmp_path, film):
    data = bytearray(film.read_bytes())
    place = data.index(b"tkhd") + 44  # ISO/IEC 14496-12, 8.3.2: the matrix of the first track
    data[place : place + 36] = struct.pack(">9i", 0, 1 << 16, 0, -(1 << 16), 0, 0, 0, 0, 1 << 30)
    (tmp_path / "turned.mp4").write_bytes(data)
    facts = probe(tmp_path / "turned.mp4", name="turned.mp4")
    assert (facts.width, facts.height) == (180, 320)
    with av.open(str(tmp_path / "wide.mp4"), "w") as container:
        stream = container.add_stream("h264", rate=25)
        stream.width, stream.height, stream.pix_fmt = 320, 240, "yuv420p"
        stream.codec_context.sample_aspect_ratio = Fraction(4, 3)
        for _ in range(5):
            container.mux(stream.encode(av.VideoFrame(320, 240, "yuv420p")))
        container.mux(stream.encode(None))
    wide = probe(tmp_path / "wide.mp4", name="wide.mp4")
    assert wide.pixel_aspect == pytest.approx(4 / 3, abs=0.001)
    shape = specs.Profile("s", 1, "s", "video", ("video",), (specs.Requirement("aspect_ratios", ["16:9"], "block", "s", ""),))
    assert [one.rule for one in specs.check(wide, shape)] == []


def test_the_index_is_found_wherever_it_stands(tmp_path, film):
    moved = samples.film(tmp_path / "b.mp4", making.BRAND, seconds=1, size="320x180", kbps=300, fault="index_last")
    assert (index_first(film), index_first(moved)) == (True, False)


def test_a_film_cut_short_is_refused(tmp_path, film):
    cut = tmp_path / "cut.mp4"
    cut.write_bytes(film.read_bytes()[:-60_000])
    with pytest.raises(UnreadableCreative) as refused:
        probe(cut, name="cut.mp4")
    assert refused.value.rule in ("media.cut", "media.damaged")


def test_a_wav_cut_short_is_refused(tmp_path):
    whole = making.sine(tmp_path / "a.wav", seconds=4).read_bytes()
    cut = tmp_path / "cut.wav"
    cut.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(UnreadableCreative) as refused:
        probe(cut, name="cut.wav")
    assert refused.value.rule == "media.cut"


def test_sound_alone_in_an_mp4_is_audio(tmp_path):
    path = tmp_path / "spot.m4a"
    with av.open(str(path), "w", format="mp4") as container:
        stream = container.add_stream("aac", rate=44100, layout="stereo")
        samples.audio.write(container, stream, samples.music.bed(1.0), 44100)
    facts = probe(path, name="spot.m4a")
    assert (facts.file.content_type, facts.container, facts.sound.codec) == ("audio/mp4", "mp4", "aac")


def test_a_waveform_shows_the_silences(tmp_path):
    path = making.sine(tmp_path / "a.wav", seconds=2, level=0.5, pad=1.25)
    points = waveform(path, 9)
    assert (len(points), points[:2], points[-2:]) == (9, [0.0, 0.0], [0.0, 0.0])
    assert points[3:6] == pytest.approx([0.5, 0.5, 0.5], abs=0.02)


def test_pictures_for_the_reviewer(tmp_path, film):
    assert Image.open(io.BytesIO(poster(film))).size == (320, 180)
    assert Image.open(io.BytesIO(poster(film, at_s=99))).size == (320, 180)
    assert Image.open(io.BytesIO(filmstrip(film, 4))).size == (4 * 213, 120)
    banner = samples.banner(tmp_path / "a.png", making.BRAND, size="970x250")
    assert Image.open(io.BytesIO(thumbnail(banner, 200))).size == (200, 52)
    with pytest.raises(UnreadableCreative, match="no such preview of image"):
        poster(banner)


def test_a_track_nobody_can_decode_is_refused(tmp_path, film):
    path = tmp_path / "odd.mp4"
    path.write_bytes(film.read_bytes().replace(b"avc1", b"zzzz"))
    with pytest.raises(UnreadableCreative) as refused:
        probe(path, name="odd.mp4")
    assert refused.value.rule == "media.encoding"


def test_eight_channels_are_refused_not_read_past(tmp_path):
    path = tmp_path / "surround.wav"
    with av.open(str(path), "w", format="wav") as container:
        stream = container.add_stream("pcm_s16le", rate=48000, layout="7.1")
        frame = av.AudioFrame(format="s16", layout="7.1", samples=4800)
        frame.sample_rate, frame.pts = 48000, 0
        container.mux([*stream.encode(frame), *stream.encode(None)])
    with pytest.raises(UnreadableCreative) as refused:
        probe(path, name="surround.wav")
    assert refused.value.rule == "media.channels"

"""Audio spots: sold lengths whole, and with each fault of sound."""
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import av
import numpy as np

from bench.creative_files.case import Case, demands
from makegood.documents.creatives.samples import audio, music

STREAM = "audio-streaming"


def cases(chance: random.Random) -> Iterator[Case]:
    """Good ones first, then one fault each."""
    for ending in ("mp3", "wav"):
        for seconds in (15, 30):
            yield Case(f"spot-{seconds}.{ending}", STREAM, spot(chance, seconds=seconds))
    yield Case("mono.wav", STREAM, spot(chance, mono=True, lufs=-13.0))  # mixed to one channel it reads 3 LU less
    yield Case("48k.mp3", STREAM, spot(chance, rate=48000))
    yield Case("podcast.mp3", "audio-podcast", spot(chance, seconds=30))
    yield Case("spotify.mp3", "spotify-audio-direct", spot(chance, seconds=15, lufs=-14.0))
    yield Case("soundcloud.mp3", "soundcloud-audio", spot(chance, seconds=10))
    yield Case("triton.wav", "triton-audio", spot(chance, seconds=20))
    yield Case("yahoo.mp3", "yahoo-audio", spot(chance, seconds=30))
    yield from broken(chance)


def broken(chance: random.Random) -> Iterator[Case]:
    """One fault each."""
    yield Case("long.mp3", STREAM, spot(chance, seconds=chance.uniform(16, 25)), "durations", "timeline")
    yield Case("short.wav", STREAM, spot(chance, seconds=chance.uniform(10, 14)), "durations", "timeline")
    yield Case("over-thirty.mp3", "yahoo-audio", spot(chance, seconds=31.5), "duration_s", "timeline", ("max_weight_kb",))
    yield Case("under-six.mp3", "soundcloud-audio", spot(chance, seconds=5), "duration_s", "timeline")
    yield Case("spot.flac", STREAM, spot(chance, encoder="flac"), "containers", "file", ("sound_codecs",))
    yield Case("opus.ogg", STREAM, spot(chance, encoder="libopus", rate=48000), "sound_codecs", "sound")
    yield Case("thin.mp3", STREAM, spot(chance, kbps=chance.choice((64, 96, 112))), "sound_kbps", "sound")
    yield Case("dull.mp3", STREAM, spot(chance, rate=22050, kbps=160), "sample_rates_hz", "sound")
    yield Case("surround.wav", STREAM, surround("5.1"), "channels", "sound")
    yield Case("loud.mp3", STREAM, spot(chance, lufs=chance.uniform(-12, -9)), "loudness_lufs", "sound", ("max_true_peak_dbtp", "max_clipped"))
    yield Case("quiet.mp3", STREAM, spot(chance, lufs=chance.uniform(-30, -19)), "loudness_lufs", "sound")
    yield Case("silent.wav", STREAM, shaped(chance, lambda wave: wave * 0), "loudness_lufs", "sound", ("max_silence_s",))
    yield Case("peak.wav", STREAM, shaped(chance, peak), "max_true_peak_dbtp", "sound")
    yield Case("cut-off.wav", STREAM, shaped(chance, cut_off), "max_clipped", " s", ("max_true_peak_dbtp", "loudness_lufs"))
    yield Case("quiet-start.wav", STREAM, shaped(chance, lambda wave: hushed(wave, slice(0, 44100))), "max_silence_s", "start of the spot")
    yield Case("quiet-end.mp3", STREAM, shaped(chance, lambda wave: hushed(wave, slice(-50000, None))), "max_silence_s", "end of the spot")
    yield Case("heavy.wav", "spotify-audio-direct", spot(chance, seconds=15, lufs=-14.0), "max_weight_kb", "file")
    yield Case("wide-range.wav", demands("loudness_range_lu", [None, 10]), shaped(chance, whisper), "loudness_range_lu", "sound")
    yield Case("cut.wav", STREAM, halved(chance), "media.cut", "cut.wav")
    yield Case("damaged.mp3", STREAM, damaged(chance), "media.damaged", "damaged.mp3")
    yield Case("eight.wav", STREAM, surround("7.1"), "media.channels", "eight.wav")


def spot(chance: random.Random, *, seconds: float = 15, lufs: float = -16.0, rate: int = 44100, kbps: int = 192, encoder: str = "", mono: bool = False) -> Callable[[Path], object]:
    """A spot in the encoding of its ending, or of `encoder`."""
    seed = chance.randrange(1000)
    return lambda path: encode(path, music.bed(seconds, seed=seed, rate=rate, lufs=lufs), rate, kbps, encoder, mono=mono)


def shaped(chance: random.Random, change: Callable[[music.Samples], music.Samples]) -> Callable[[Path], object]:
    """A spot whose samples are changed before it is encoded."""
    seed = chance.randrange(1000)
    return lambda path: encode(path, change(music.bed(15, seed=seed)), 44100)


def encode(path: Path, wave: music.Samples, rate: int, kbps: int = 192, encoder: str = "", *, mono: bool = False) -> None:
    """The samples written to `path`."""
    ending = path.suffix[1:]
    with av.open(str(path), "w", format=ending) as container:
        stream = container.add_stream(encoder or {"wav": "pcm_s16le", "mp3": "libmp3lame"}[ending], rate=rate, layout="mono" if mono else "stereo")
        if ending in ("mp3", "ogg"):
            stream.bit_rate = kbps * 1000
        audio.write(container, stream, np.clip(wave, -1, 1).astype(np.float32), rate)


def peak(wave: music.Samples) -> music.Samples:
    """One sharp peak at full scale, too short to be heard as loud."""
    wave = wave.copy()
    wave[:, 220500] = 0.999
    return wave


def cut_off(wave: music.Samples) -> music.Samples:
    """A mix driven far beyond full scale for a moment."""
    wave = wave.copy()
    wave[:, 200000:202000] *= 20
    return wave


def hushed(wave: music.Samples, part: slice) -> music.Samples:
    """Silence in one part."""
    wave = wave.copy()
    wave[:, part] = 0
    return wave


def whisper(wave: music.Samples) -> music.Samples:
    """A quiet half after a loud one."""
    wave = wave.copy()
    wave[:, wave.shape[1] // 2 :] *= 0.13
    return wave


def surround(layout: str) -> Callable[[Path], object]:
    """A tone on six or eight channels."""
    def write(path: Path) -> None:
        with av.open(str(path), "w", format="wav") as container:
            stream = container.add_stream("pcm_s16le", rate=48000, layout=layout)
            count = {"5.1": 6, "7.1": 8}[layout]
            tone = (3300 * np.sin(2 * np.pi * 440 * np.arange(15 * 48000) / 48000)).astype(np.int16)
            for start in range(0, tone.size, 4800):
                part = np.ascontiguousarray(np.repeat(tone[start : start + 4800], count)[None])
                frame = av.AudioFrame.from_ndarray(part, format="s16", layout=layout) if count < 8 else av.AudioFrame(format="s16", layout=layout, samples=4800)
                frame.sample_rate, frame.pts = 48000, start
                container.mux(stream.encode(frame))
            container.mux(stream.encode(None))

    return write


def halved(chance: random.Random) -> Callable[[Path], object]:
    """A file without its second half."""
    make = spot(chance)

    def write(path: Path) -> None:
        make(path)
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])

    return write


def damaged(chance: random.Random) -> Callable[[Path], object]:
    """An MP3 of which the middle is noise."""
    make, noise = spot(chance), np.random.default_rng(chance.randrange(1000)).bytes(200_000)

    def write(path: Path) -> None:
        make(path)
        data = path.read_bytes()
        path.write_bytes(data[:40_000] + noise + data[240_000:])

    return write

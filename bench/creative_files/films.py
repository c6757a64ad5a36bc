"""Video spots: whole, and with each fault of picture, sound and container. Six seconds at 720p where a profile allows it."""
import random
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np

from bench.creative_files.case import BRANDS, Case, demands
from makegood.documents.creatives.samples import audio, drawing, music

ONLINE = "video-online"
Frames = Callable[[int, np.ndarray], np.ndarray]


def cases(chance: random.Random) -> Iterator[Case]:
    """Good ones first, then one fault each."""
    for number in range(3):
        yield Case(f"film-{number}.mp4", ONLINE, film(chance))
    yield Case("quick.mp4", ONLINE, film(chance, fps=Fraction(30000, 1001)))
    yield Case("film.mov", ONLINE, film(chance))
    yield Case("television.mp4", "video-ctv", film(chance, seconds=15, size="1920x1080", kbps=3000, lufs=-24.0))
    yield Case("broadcast.mp4", "video-us-broadcast", film(chance, size="1920x1080", fps=Fraction(30000, 1001), lufs=-24.0))
    yield Case("post.mp4", "social-x-video", film(chance, kbps=6000))
    yield from broken(chance)


def broken(chance: random.Random) -> Iterator[Case]:
    """One fault each."""
    yield Case("long.mp4", ONLINE, film(chance, seconds=9), "durations", "timeline")
    yield Case("frames-short.mp4", "video-ctv", film(chance, seconds=14.8, size="1920x1080", kbps=3000, lufs=-24.0), "durations", "timeline")
    yield Case("too-long.mp4", demands("duration_s", [None, 4]), film(chance, size="320x180", kbps=300), "duration_s", "timeline")
    yield Case("film.mkv", ONLINE, film(chance, container="matroska"), "containers", "file")
    yield Case("old.mp4", ONLINE, film(chance, encoder="mpeg4"), "codecs", "video")
    yield Case("small.mp4", ONLINE, film(chance, size="640x360"), "min_size", "video")
    yield Case("square.mp4", ONLINE, film(chance, size="1280x1280"), "aspect_ratios", "video")
    yield Case("slow.mp4", ONLINE, film(chance, fps=Fraction(12)), "frame_rates", "video")
    yield Case("thin.mp4", ONLINE, film(chance, kbps=700), "video_kbps", "video")
    yield Case("half-lines.mp4", ONLINE, film(chance, interlaced=True), "progressive", "video")
    yield Case("fine-colour.mp4", ONLINE, film(chance, pixel_format="yuv444p"), "pixel_formats", "video")
    yield Case("index-last.mp4", ONLINE, film(chance, index_last=True), "index_first", "moov box")
    yield Case("no-sound.mp4", ONLINE, film(chance, sound=""), "has_sound", "sound")
    yield Case("other-sound.mp4", ONLINE, film(chance, sound="libmp3lame"), "sound_codecs", "sound")
    yield Case("loud.mp4", ONLINE, film(chance, lufs=chance.uniform(-18, -14)), "loudness_lufs", "sound")
    yield Case("shrill.mp4", ONLINE, film(chance, shape=spiked), "max_true_peak_dbtp", "sound")
    yield Case("distorted.mp4", ONLINE, film(chance, sound="pcm_s16le", container="mov", shape=driven), "max_clipped", " s", ("max_true_peak_dbtp", "loudness_lufs", "sound_codecs", "file_name"))
    yield Case("black-start.mp4", ONLINE, film(chance, frames=lambda n, p: p * (n >= 20)), "max_black_s", "0 s to 0.8 s")
    yield Case("black-middle.mp4", ONLINE, film(chance, frames=lambda n, p: p * (not 50 <= n < 75)), "max_black_s", "2 s to 3 s")
    yield Case("still.mp4", ONLINE, film(chance, frames=lambda n, p: np.full_like(p, 90), seconds=6), "max_freeze_s", "0 s to ")
    yield Case("bars.mp4", ONLINE, film(chance, frames=letterboxed), "no_bars", "picture")
    yield Case("pillars.mp4", ONLINE, film(chance, frames=pillarboxed), "no_bars", "picture")
    yield Case("flashing.mp4", ONLINE, film(chance, frames=lambda n, p: np.full_like(p, 235 if n // 2 % 2 else 20)), "max_flashes", " s")
    yield Case("red.mp4", ONLINE, film(chance, frames=red), "max_flashes", " s")
    yield Case("dull-sound.mp4", "video-ctv", film(chance, seconds=15, size="1920x1080", kbps=3000, rate=44100, lufs=-24.0), "sample_rates_hz", "sound")
    yield Case("marathon.mp4", demands("has_sound", True, "warn"), marathon, "watched", "picture")
    yield Case("cut.mp4", ONLINE, halved(chance), "media.", "cut.mp4")
    yield Case("no-decoder.mp4", ONLINE, renamed(chance), "media.encoding", "no-decoder.mp4")


def film(
    chance: random.Random, *, seconds: float = 6, size: str = "1280x720", fps: Fraction = Fraction(25), kbps: int = 2000, encoder: str = "h264",
    container: str = "mp4", pixel_format: str = "yuv420p", sound: str = "aac", rate: int = 48000, lufs: float = -23.0, interlaced: bool = False,
    index_last: bool = False, frames: Frames | None = None, shape: Callable[[music.Samples], music.Samples] | None = None,
) -> Callable[[Path], object]:  # fmt: skip
    """A film of a drawn ad with something that moves, encoded as told; `frames` changes each picture."""
    brand, seed = chance.choice(BRANDS), chance.randrange(1000)
    width, height = (int(one) for one in size.split("x"))

    def write(path: Path) -> None:
        wrapping = "mov" if path.suffix == ".mov" else container
        options = {"movflags": "+faststart"} if wrapping in ("mp4", "mov") and not index_last else {}
        with av.open(str(path), "w", format=wrapping, options=options) as out:
            stream = out.add_stream(encoder, rate=fps, options=constant(kbps, interlaced=interlaced) if encoder == "h264" else {})
            stream.width, stream.height, stream.pix_fmt, stream.bit_rate = width, height, pixel_format, kbps * 1000
            track = out.add_stream(sound, rate=rate, layout="stereo") if sound else None
            ground = np.asarray(drawing.draw(brand, width, height, seed=seed))
            for number in range(round(seconds * fps)):
                picture = ground.copy()
                picture[height // 2 : height // 2 + 80, (9 * number) % (width - 80) :][:, :80] = 225
                shown = av.VideoFrame.from_ndarray(frames(number, picture) if frames else picture, format="rgb24")
                out.mux(stream.encode(shown))
            out.mux(stream.encode(None))
            if track is not None:
                wave = music.bed(seconds, seed=seed, rate=rate, lufs=lufs)
                audio.write(out, track, shape(wave) if shape else wave, rate)

    return write


def constant(kbps: int, *, interlaced: bool) -> dict[str, str]:
    """x264 with filler, so that a drawn picture has the bitrate a filmed one would."""
    more = {"flags": "+ildct+ilme", "x264-params": "nal-hrd=cbr:force-cfr=1:tff=1"} if interlaced else {"x264-params": "nal-hrd=cbr:force-cfr=1:keyint=50"}
    return {"preset": "ultrafast", "maxrate": f"{kbps}k", "minrate": f"{kbps}k", "bufsize": f"{kbps}k", **more}


def letterboxed(_: int, picture: np.ndarray) -> np.ndarray:
    """A wide film in a narrower frame."""
    picture[:92] = picture[-92:] = 0
    return picture


def pillarboxed(_: int, picture: np.ndarray) -> np.ndarray:
    """A narrow film in a wider frame."""
    picture[:, :160] = picture[:, -160:] = 0
    return picture


def red(number: int, picture: np.ndarray) -> np.ndarray:
    """Dark red and grey of like brightness in turn."""
    picture[:] = (200, 0, 0) if number // 2 % 2 else (95, 95, 95)
    return picture


def spiked(wave: music.Samples) -> music.Samples:
    """Eight milliseconds at full scale: too short to be loud."""
    wave = wave.copy()
    wave[:, 96000:96384] = np.sin(2 * np.pi * 1000 * np.arange(384) / 48000)
    return wave


def driven(wave: music.Samples) -> music.Samples:
    """A mix driven beyond full scale."""
    out: Any = np.clip(wave * 30, -1, 1).astype(np.float32)
    return out


def marathon(path: Path) -> None:
    """A minute of one picture: more than is watched."""
    picture = av.VideoFrame.from_ndarray(np.full((1080, 1920, 3), 90, np.uint8), format="rgb24").reformat(format="yuv420p")
    with av.open(str(path), "w") as out:
        stream = out.add_stream("h264", rate=30, options={"preset": "ultrafast"})
        stream.width, stream.height, stream.pix_fmt = 1920, 1080, "yuv420p"
        for number in range(60 * 30):
            picture.pts = number
            out.mux(stream.encode(picture))
        out.mux(stream.encode(None))


def halved(chance: random.Random) -> Callable[[Path], object]:
    """A film without its second half."""
    make = film(chance, size="320x180", kbps=300)

    def write(path: Path) -> None:
        make(path)
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])

    return write


def renamed(chance: random.Random) -> Callable[[Path], object]:
    """A track that claims an encoding nobody knows."""
    make = film(chance, size="320x180", kbps=300)

    def write(path: Path) -> None:
        make(path)
        path.write_bytes(path.read_bytes().replace(b"avc1", b"zzzz"))

    return write

"""A demo video spot: the drawn ad in slow movement with a bed under it, as MP4.
Pictures come from `drawing`, sound from `music`.
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import numpy as np

from makegood.documents.creatives.samples import audio, drawing, music
from makegood.documents.creatives.samples.brand import Brand, known, pixels

FAULTS = ("index_last", "no_sound", "wrong_size", "wrong_length", "too_loud")
RATE = 48000


def film(
    target: Path, brand: Brand, *, seconds: float = 6, size: str = "1280x720", fps: int = 25, kbps: int = 2000,
    lufs: float = -23.0, seed: int = 0, fault: str | None = None,
) -> Path:  # fmt: skip
    """Write an H.264/AAC MP4 to ``target``, index first. Returns ``target``.

    Faults: index_last, no_sound, wrong_size (640x360), wrong_length (a third longer), too_loud (-10 LUFS).
    Raises UnknownFault.
    """
    known(fault, *FAULTS)
    width, height = (640, 360) if fault == "wrong_size" else pixels(size)
    seconds = seconds * 4 / 3 if fault == "wrong_length" else seconds
    options = {} if fault == "index_last" else {"movflags": "+faststart"}
    with av.open(str(target), "w", format="mp4", options=options) as container:
        stream = container.add_stream("h264", rate=Fraction(fps), options=_constant(kbps))
        stream.width, stream.height, stream.pix_fmt, stream.bit_rate = width, height, "yuv420p", kbps * 1000
        track = None if fault == "no_sound" else container.add_stream("aac", rate=RATE, layout="stereo")
        count = round(seconds * fps)
        picture = np.zeros((height, width, 3), np.uint8)
        for index in range(count):
            if index % 5 == 0:
                picture = np.asarray(drawing.draw(brand, width, height, seed=seed, shift=index / count))
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        container.mux(stream.encode(None))
        if track is not None:
            level = -10.0 if fault == "too_loud" else lufs
            audio.write(container, track, music.bed(seconds, seed=seed, rate=RATE, lufs=level), RATE)
    return target


def _constant(kbps: int) -> dict[str, str]:
    # A drawn picture packs to nothing; filler keeps the bitrate that a filmed one would have.
    return {
        "preset": "ultrafast", "x264-params": "nal-hrd=cbr:force-cfr=1:keyint=50",
        "maxrate": f"{kbps}k", "minrate": f"{kbps}k", "bufsize": f"{kbps}k",
    }  # fmt: skip

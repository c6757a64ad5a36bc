"""Pictures and curves a reviewer looks at: waveform, filmstrip, poster, thumbnail.
Runs in this process; from outside call the functions of the same names in `guarded`.
"""

from __future__ import annotations

import io
import itertools
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from PIL import Image

from makegood.documents.creatives import audiovisual, image, kinds, sound
from makegood.documents.creatives.caps import DEFAULT
from makegood.documents.creatives.refusals import UnreadableCreative

STRIP_HEIGHT = 120
POSTER_SIDE = 1280
BUCKET = 512  # samples folded into one peak before the curve is drawn


def waveform(path: Path, points: int) -> list[float]:
    """``points`` peaks from 0 to 1 along the first sound track; all 0 when there is no sound."""
    peaks: list[float] = []
    with audiovisual.open_media(path, _kind(path, ("audio", "video")).encoding) as container:
        if not container.streams.audio:
            return [0.0] * points
        for frame in container.decode(container.streams.audio[0]):
            if frame.layout.nb_channels > sound.MOST_CHANNELS:
                continue
            level = np.abs(sound.normal(frame)).max(axis=0)
            peaks += [float(part.max()) for part in np.array_split(level, max(1, level.size // BUCKET))]
    edges = np.linspace(0, len(peaks), points + 1).astype(int)
    return [round(min(1.0, max(peaks[a : max(b, a + 1)], default=0.0)), 3) for a, b in itertools.pairwise(edges)]


def poster(path: Path, at_s: float = 1.0) -> bytes:
    """A PNG of the video at ``at_s`` seconds, or its last picture when it is shorter."""
    return _png(next(_pictures(path, [at_s])), POSTER_SIDE)


def filmstrip(path: Path, frames: int) -> bytes:
    """One PNG of ``frames`` pictures side by side, evenly spread over the video."""
    with audiovisual.open_media(path, _kind(path, ("video",)).encoding) as container:
        length = (container.duration or 0) / 1_000_000
    shots = [
        _scaled(shot, STRIP_HEIGHT) for shot in _pictures(path, [length * (i + 0.5) / frames for i in range(frames)])
    ]
    strip = Image.new("RGB", (sum(s.width for s in shots), STRIP_HEIGHT))
    left = 0
    for shot in shots:
        strip.paste(shot, (left, 0))
        left += shot.width
    return _png(strip, strip.width)


def thumbnail(path: Path, max_px: int) -> bytes:
    """A PNG of the picture no side of which exceeds ``max_px``."""
    kind = _kind(path, ("image",))
    with image.open_picture(path, kind.encoding, path.name, DEFAULT) as picture:
        picture.load()
        return _png(picture.convert("RGBA"), max_px)


def _pictures(path: Path, moments: list[float]) -> Iterator[Image.Image]:
    with audiovisual.open_media(path, _kind(path, ("video",)).encoding) as container:
        stream = container.streams.video[0]
        stream.codec_context.thread_count = 1
        for moment in moments:
            container.seek(int(moment * 1_000_000))
            shot = None
            for frame in container.decode(stream):
                shot = frame
                if frame.time is not None and frame.time >= moment - 0.001:
                    break
            if shot is None:
                raise UnreadableCreative(
                    "No picture can be decoded.", path.name, "Export it again.", rule="media.damaged"
                )
            yield Image.fromarray(shot.to_ndarray(format="rgb24"))


def _scaled(shot: Image.Image, height: int) -> Image.Image:
    return shot.resize((max(1, round(shot.width * height / shot.height)), height), Image.Resampling.BILINEAR)


def _png(picture: Image.Image, max_px: int) -> bytes:
    picture.thumbnail((max_px, max_px))
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def _kind(path: Path, formats: tuple[str, ...]) -> kinds.Kind:
    with path.open("rb") as stream:
        kind = kinds.recognise(stream.read(kinds.HEAD_BYTES), where=path.name)
    if kind.format not in formats:
        raise UnreadableCreative(
            f"There is no such preview of {kind.format}.", path.name, f"Use it on {' or '.join(formats)}.",
            rule="preview.kind",
        )  # fmt: skip
    return kind

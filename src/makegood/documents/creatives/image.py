"""Pictures: size, colours, animation, border and a fingerprint, read by Pillow under a pixel cap.
Only the one encoding that the first bytes announced is tried.
"""

from __future__ import annotations

import io
import struct
import warnings
import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageCms, ImageFile, ImageOps

from makegood.documents.creatives.caps import Caps
from makegood.documents.creatives.kinds import Kind
from makegood.documents.creatives.refusals import UnreadableCreative
from makegood.engine.specs.facts import FileFacts, ImageFacts

PALE = 235  # of 255: lighter than this a banner melts into a white page
# What Pillow's decoders are known to raise on a damaged file.
DAMAGE = (OSError, ValueError, SyntaxError, EOFError, LookupError, TypeError, ArithmeticError, struct.error, zlib.error)
SCREEN = 3840 * 2160
FRAME = 4  # a line round the ad is at most this wide
SHARP = 60  # levels between neighbouring pixels: words and logos, not photographs' soft edges
EDGE_SPREAD = 24  # a drawn border differs this much from what it encloses


@dataclass(frozen=True, slots=True)
class Motion:
    """An animation's frames, one pass in seconds, repeats (None still, 0 for ever) and fastest frame rate."""

    frames: int
    duration_s: float
    loops: int | None
    max_fps: float


def read(path: Path, file: FileFacts, kind: Kind, caps: Caps) -> ImageFacts:
    """Facts of a picture. Raises UnreadableCreative when it is too big, cut short or damaged."""
    try:
        with open_picture(path, kind.encoding, file.name, caps) as image:
            motion = _motion(image, file.name, caps)
            image.seek(0)
            image.load()
            transparent = _transparent(image)
            grey = _as_shown(image, transparent=transparent)
            pale, border = edges(grey)
            return ImageFacts(
                file=file, encoding=kind.encoding, width=grey.width, height=grey.height,
                colour_mode=image.mode, transparent=transparent,
                frames=motion.frames, duration_s=motion.duration_s, loops=motion.loops, max_fps=motion.max_fps,
                edge_is_pale=pale, has_border=border, dhash=dhash(image), colour_profile=colour_profile(image),
                margins=margins(grey),
            )  # fmt: skip
    except Image.DecompressionBombError as flood:  # a later frame may claim what the first did not
        raise _flood(file.name, str(flood), caps) from flood
    except DAMAGE as damage:
        raise UnreadableCreative(
            f"The {kind.encoding} cannot be read to its end ({damage}).", file.name,
            "It was cut short or damaged on the way: export and upload it again.", rule="image.damaged",
        ) from damage  # fmt: skip


def open_picture(path: Path, encoding: str, name: str, caps: Caps) -> ImageFile.ImageFile:
    """The picture opened but not decoded, its header's size held against the caps."""
    Image.MAX_IMAGE_PIXELS = caps.pixels
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            image = Image.open(path, formats=(encoding,))
        except Image.DecompressionBombError as flood:
            raise _flood(name, str(flood), caps) from flood
    if image.width * image.height > caps.pixels:
        raise _flood(name, f"{image.width}x{image.height}", caps)
    return image


def edges(grey: Image.Image) -> tuple[bool, bool]:
    """Whether the edge of a picture of mode L is near-white, and whether a line is drawn round it.

    The edge is pale when over a quarter of the outermost ring, or of the ring four pixels in, is lighter than `PALE`;
    a line is an outermost ring that is darker almost everywhere.
    """
    outer = _ring(grey, 0)
    inner = _ring(grey, 4) if min(grey.size) > 16 else outer
    pale = any(sum(ring[PALE:]) > 0.25 * sum(ring) for ring in (outer, inner))
    return pale, sum(outer[: PALE - EDGE_SPREAD]) > 0.98 * sum(outer)


def margins(grey: Image.Image) -> tuple[int, int, int, int]:
    """Pixels at the top, right, bottom and left of a picture of mode L before the first sharp detail; -1 when there is none.

    A line drawn round the ad is passed over. Pictures of more pixels than any screen are not measured.
    """
    if grey.width * grey.height > SCREEN:
        return -1, -1, -1, -1
    levels: npt.NDArray[np.int16] = np.asarray(grey, dtype=np.int16)[FRAME:-FRAME, FRAME:-FRAME]
    if levels.size < 4 or 1 in levels.shape:
        return -1, -1, -1, -1
    sharp = np.zeros(levels.shape, bool)
    sharp[:, 1:] |= np.abs(levels[:, 1:] - levels[:, :-1]) > SHARP
    sharp[1:, :] |= np.abs(levels[1:] - levels[:-1]) > SHARP
    rows, columns = np.flatnonzero(sharp.any(axis=1)), np.flatnonzero(sharp.any(axis=0))
    if not rows.size:
        return -1, -1, -1, -1
    return (int(rows[0]) + FRAME, grey.width - 1 - FRAME - int(columns[-1]),
            grey.height - 1 - FRAME - int(rows[-1]), int(columns[0]) + FRAME)  # fmt: skip


def colour_profile(image: Image.Image) -> str:
    """The name of the ICC profile the picture carries, empty for none or one that cannot be read."""
    data = image.info.get("icc_profile")
    if not data:
        return ""
    try:
        return ImageCms.getProfileDescription(ImageCms.getOpenProfile(io.BytesIO(data))).strip()[:80]
    except (ImageCms.PyCMSError, OSError, ValueError):
        return ""


def dhash(image: Image.Image) -> str:
    """64-bit difference hash as 16 hex digits: each of 8x8 cells is brighter than its right neighbour or not."""
    small = image.convert("RGB").convert("L").resize((9, 8), Image.Resampling.BOX).tobytes()
    bits = ("1" if small[9 * row + cell] > small[9 * row + cell + 1] else "0" for row in range(8) for cell in range(8))
    return f"{int(''.join(bits), 2):016x}"


def _ring(grey: Image.Image, inset: int) -> list[int]:
    """How often each of 256 levels occurs on the one-pixel ring ``inset`` pixels from the edge."""
    left, top, right, bottom = inset, inset, grey.width - inset, grey.height - inset
    sides = [(left, top, right, top + 1), (left, bottom - 1, right, bottom),
             (left, top, left + 1, bottom), (right - 1, top, right, bottom)]  # fmt: skip
    return [sum(levels) for levels in zip(*(grey.crop(side).histogram() for side in sides), strict=True)]


def _motion(image: ImageFile.ImageFile, name: str, caps: Caps) -> Motion:
    frames = getattr(image, "n_frames", 1)
    if frames > caps.frames or frames * image.width * image.height > caps.frame_pixels:
        raise _flood(name, f"{frames} frames of {image.width}x{image.height}", caps)
    if frames == 1:
        image.load()
        return Motion(1, 0.0, None, 0.0)
    delays: list[float] = []
    for index in range(frames):
        image.seek(index)
        image.load()
        delays.append(float(image.info.get("duration") or 0) / 1000)
    # Browsers play a GIF delay of 10 ms or less as 100 ms.
    shown = [0.1 if delay <= 0.01 and image.format == "GIF" else delay for delay in delays]
    repeat = image.info.get("loop")
    loops = 1 if repeat is None else 0 if repeat == 0 else int(repeat) + (1 if image.format == "GIF" else 0)
    fastest = min((d for d in shown if d > 0), default=0.0)
    return Motion(frames, round(sum(shown), 3), loops, round(1 / fastest, 2) if fastest else 0.0)


def _as_shown(image: ImageFile.ImageFile, *, transparent: bool) -> Image.Image:
    """The picture in mode L as a browser shows it: turned as its camera noted, what is transparent on a white page."""
    upright = ImageOps.exif_transpose(image) if image.format == "JPEG" else image
    if transparent:
        page = Image.new("RGBA", upright.size, "white")
        page.alpha_composite(upright.convert("RGBA"))
        return page.convert("L")
    return upright.convert("RGB").convert("L")


def _transparent(image: ImageFile.ImageFile) -> bool:
    if "transparency" not in image.info and image.mode not in ("RGBA", "LA", "PA"):
        return False
    low, _ = image.convert("RGBA").getchannel("A").getextrema()
    return float(low if not isinstance(low, tuple) else low[0]) < 255


def _flood(name: str, found: str, caps: Caps) -> UnreadableCreative:
    return UnreadableCreative(
        f"The picture is too large to open ({found}; the limit is {caps.pixels // 1_000_000} million pixels).",
        name, "Export it at the booked size.", rule="image.too_many_pixels",
    )  # fmt: skip

"""A demo banner as PNG, JPEG or animated GIF, of any size.
Drawn by `drawing`; this file only chooses the encoding and plants the fault.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image

from makegood.documents.creatives.samples import drawing
from makegood.documents.creatives.samples.brand import Brand, known, pixels

FAULTS = ("too_heavy", "wrong_size", "print_colours", "no_border", "endless")


def banner(target: Path, brand: Brand, *, size: str = "300x250", seed: int = 0, fault: str | None = None) -> Path:
    """Write the banner to ``target``, its type by the ending (.png, .jpg, .gif animated for 9 s). Returns ``target``.

    Faults: too_heavy, wrong_size, print_colours (JPEG), no_border, endless (GIF). Raises UnknownFault.
    """
    known(fault, *FAULTS)
    width, height = pixels(size)
    if fault == "wrong_size":
        width, height = width - width // 10, height - height // 10
    picture = drawing.draw(brand, width, height, seed=seed, pale=fault == "no_border")
    if fault == "too_heavy":
        picture = _grainy(picture, seed)
    ending = target.suffix.lower()
    if ending == ".gif":
        _animated(target, brand, (width, height), seed, endless=fault == "endless")
    elif ending in (".jpg", ".jpeg"):
        picture = picture.convert("CMYK") if fault == "print_colours" else picture
        picture.save(target, "JPEG", quality=100 if fault == "too_heavy" else 85, subsampling=0)
    else:
        picture = picture if fault == "too_heavy" else picture.quantize(128, dither=Image.Dither.NONE)
        picture.save(target, "PNG", optimize=fault != "too_heavy")
    return target


def _grainy(picture: Image.Image, seed: int) -> Image.Image:
    grain = np.random.default_rng(seed).integers(-60, 60, (picture.height, picture.width, 3))
    return Image.fromarray(np.clip(np.asarray(picture, dtype=int) + grain, 0, 255).astype(np.uint8))


def _animated(target: Path, brand: Brand, size: tuple[int, int], seed: int, *, endless: bool) -> None:
    frames = [drawing.draw(brand, *size, seed=seed, shift=step / 2).quantize(48) for step in range(3)]
    frames[0].save(target, save_all=True, append_images=frames[1:], duration=1500, loop=0 if endless else 1)

"""How a demo ad looks: gradient, shapes, name, headline, button, laid out for any size.
Draws on pictures in memory; Pillow's own font, no files.
"""

from __future__ import annotations

import functools
import random

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from makegood.documents.creatives.samples.brand import Brand, Colour

WHITE: Colour = (255, 255, 255)


def draw(
    brand: Brand, width: int, height: int, *, seed: int = 0, shift: float = 0.0, pale: bool = False
) -> Image.Image:
    """The ad as an RGB picture; ``shift`` from 0 to 1 moves its shapes; ``pale`` leaves it white and unframed."""
    ground = Image.new("RGB", (width, height), WHITE) if pale else _gradient(brand, width, height).copy()
    if not pale:
        _shapes(ground, brand, random.Random(seed), shift)
    pen = ImageDraw.Draw(ground)
    ink = brand.tone(0.2) if pale else WHITE
    _layout(pen, brand, width, height, ink)
    if not pale:
        pen.rectangle((0, 0, width - 1, height - 1), outline=brand.tone(0.15))
    return ground


@functools.lru_cache(maxsize=4)  # a film draws on the same ground many times
def _gradient(brand: Brand, width: int, height: int) -> Image.Image:
    start, end = np.array(brand.tone(0.22), float), np.array(brand.tone(0.40, 0.04), float)
    along = (np.linspace(0, 1, width)[None, :] + np.linspace(0, 1, height)[:, None]) / 2
    return Image.fromarray((start + (end - start) * along[:, :, None]).astype(np.uint8))


def _shapes(ground: Image.Image, brand: Brand, chance: random.Random, shift: float) -> None:
    width, height = ground.size
    veil = Image.new("RGBA", ground.size, (0, 0, 0, 0))
    pen = ImageDraw.Draw(veil)
    span = max(width, height)
    for _ in range(3):
        radius = span * chance.uniform(0.12, 0.38)
        x = width * chance.uniform(0.55, 1.05) + span * 0.12 * shift * chance.choice((-1, 1))
        y = height * chance.uniform(0.0, 1.0) - span * 0.06 * shift
        tone = brand.tone(chance.uniform(0.5, 0.68), chance.uniform(-0.06, 0.08))
        pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=(*tone, 92))
    ground.paste(Image.alpha_composite(ground.convert("RGBA"), veil).convert("RGB"))


def _layout(pen: ImageDraw.ImageDraw, brand: Brand, width: int, height: int, ink: Colour) -> None:
    pad = max(6, min(width, height) // 12)
    if width > 2.2 * height:
        button = _button_size(brand, width * 0.26, height * 0.62)
        room = width - button[0] - 3 * pad
        _words(pen, brand, (pad, pad * 0.6, room, height - pad * 1.2), ink)
        _button(pen, brand, (width - pad - button[0], (height - button[1]) / 2, *button), pale=ink != WHITE)
        return
    button = _button_size(brand, width - 2 * pad, height * (0.09 if height > 1.6 * width else 0.17))
    _words(pen, brand, (pad, pad, width - 2 * pad, height - button[1] - 3 * pad), ink)
    _button(pen, brand, (pad, height - pad - button[1], *button), pale=ink != WHITE)


def _words(pen: ImageDraw.ImageDraw, brand: Brand, box: tuple[float, float, float, float], ink: Colour) -> None:
    left, top, room, depth = box
    tall = max(9.0, min(28.0, depth * 0.16))
    while tall > 7 and ImageFont.load_default(tall).getlength(brand.name.upper()) > room:
        tall -= 1
    pen.text((left, top), brand.name.upper(), font=ImageFont.load_default(tall), fill=ink)
    top += tall * 1.6
    for size in range(int(min(64, depth * 0.45)), 8, -1):
        font = ImageFont.load_default(size)
        lines = _wrapped(brand.headline, font, room)
        if lines and len(lines) * size * 1.25 <= depth - tall * 1.6:
            break
    for line in lines:
        pen.text((left, top), line, font=font, fill=ink, stroke_width=size / 60, stroke_fill=ink)
        top += size * 1.25


def _wrapped(words: str, font: ImageFont.FreeTypeFont | ImageFont.ImageFont, room: float) -> list[str]:
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if font.getlength(longer) <= room:
            lines[-1] = longer
        elif font.getlength(word) > room:
            return []
        else:
            lines.append(word)
    return lines


def _button_size(brand: Brand, room: float, depth: float) -> tuple[float, float]:
    depth = max(16.0, min(64.0, depth))
    font = ImageFont.load_default(depth * 0.45)
    return min(room, font.getlength(brand.button) + depth * 1.2), depth


def _button(pen: ImageDraw.ImageDraw, brand: Brand, box: tuple[float, float, float, float], *, pale: bool) -> None:
    x, y, width, height = box
    fill, ink = (brand.tone(0.25), WHITE) if pale else (WHITE, brand.tone(0.25))
    pen.rounded_rectangle((x, y, x + width, y + height), radius=height / 2, fill=fill)
    size = height * 0.45
    while size > 7 and ImageFont.load_default(size).getlength(brand.button) > width - height * 0.5:
        size -= 0.5
    pen.text((x + width / 2, y + height / 2), brand.button, font=ImageFont.load_default(size), fill=ink, anchor="mm")

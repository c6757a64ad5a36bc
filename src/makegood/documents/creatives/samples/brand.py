"""Who a demo creative is for and what it says; colours derived from one.
No drawing, no files.
"""

from __future__ import annotations

import colorsys
from dataclasses import dataclass

Colour = tuple[int, int, int]


class UnknownFault(ValueError):
    """A planted fault nobody knows; the message names those there are."""


@dataclass(frozen=True, slots=True)
class Brand:
    """An advertiser's name, headline, button text and colour (``#rrggbb``)."""

    name: str
    headline: str = "Made for the days you look forward to"
    button: str = "Find out more"
    colour: str = "#0b6e6e"

    @property
    def main(self) -> Colour:
        """The brand colour."""
        value = self.colour.lstrip("#")
        return int(value[0:2], 16), int(value[2:4], 16), int(value[4:6], 16)

    def tone(self, lightness: float, turn: float = 0.0) -> Colour:
        """The brand's hue at another lightness, turned by a share of the colour circle."""
        hue, _, saturation = colorsys.rgb_to_hls(*(part / 255 for part in self.main))
        red, green, blue = colorsys.hls_to_rgb((hue + turn) % 1, lightness, min(0.85, max(0.25, saturation)))
        return round(red * 255), round(green * 255), round(blue * 255)


def known(fault: str | None, *faults: str) -> None:
    """Raise UnknownFault unless ``fault`` is None or one of ``faults``."""
    if fault is not None and fault not in faults:
        raise UnknownFault(f"unknown fault {fault!r}; there are {', '.join(faults)}")


def pixels(size: str) -> tuple[int, int]:
    """``300x250`` as numbers."""
    width, height = size.split("x")
    return int(width), int(height)

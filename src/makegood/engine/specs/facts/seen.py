"""Pictures and HTML5 bundles as found.
Nothing judged, no file opened.
"""

from __future__ import annotations

from dataclasses import dataclass

from makegood.engine.specs.facts.file import FileFacts, Spot


@dataclass(frozen=True, slots=True)
class ImageFacts:
    """A picture. ``duration_s`` is one pass of the animation; ``loops`` 0 means for ever, None means still.

    ``margins`` are pixels without detail at the top, right, bottom and left, -1 where the whole is without;
    ``colour_profile`` is the name of an embedded ICC profile.
    """

    file: FileFacts
    encoding: str
    width: int
    height: int
    colour_mode: str
    transparent: bool
    frames: int
    duration_s: float
    loops: int | None
    max_fps: float
    edge_is_pale: bool
    has_border: bool
    dhash: str
    colour_profile: str = ""
    margins: tuple[int, int, int, int] = (-1, -1, -1, -1)


@dataclass(frozen=True, slots=True)
class BundleFacts:
    """An HTML5 zip. ``size`` from the ad.size meta tag; ``initial_bytes`` gzipped, what the first paint pulls in."""

    file: FileFacts
    entry: str
    width: int | None
    height: int | None
    files: int
    unpacked_bytes: int
    initial_bytes: int
    subload_bytes: int
    initial_requests: int
    click: Spot | None
    hard_coded_clicks: tuple[Spot, ...]
    outside_requests: tuple[Spot, ...]
    insecure: tuple[Spot, ...]
    missing: tuple[Spot, ...]
    unused: tuple[str, ...]
    apis: tuple[Spot, ...]
    animation_s: float
    endless: tuple[Spot, ...]
    autoplay_sound: tuple[Spot, ...]

"""How much of a file a probe will look at before refusing it. Data only.
The caps are arguments so that a test can raise one and see that it alone was holding the door.
"""

from __future__ import annotations

from dataclasses import dataclass, field

MEGABYTE = 1024 * 1024

FILE_BYTES = {
    "image": 25 * MEGABYTE,
    "html5": 25 * MEGABYTE,
    "audio": 200 * MEGABYTE,
    "video": 1024 * MEGABYTE,
    "vast": 1 * MEGABYTE,
    "native": MEGABYTE // 4,
}


@dataclass(frozen=True, slots=True)
class Caps:
    """Upper limits; sizes in bytes, times in seconds, ``archive_ratio`` unpacked to packed bytes of one member."""

    file_bytes: dict[str, int] = field(default_factory=lambda: dict(FILE_BYTES))
    pixels: int = 40_000_000
    frame_pixels: int = 400_000_000
    frames: int = 1_000
    archive_files: int = 100
    archive_bytes: int = 50 * MEGABYTE
    archive_ratio: int = 100
    archive_ratio_floor: int = MEGABYTE
    xml_depth: int = 60
    xml_elements: int = 20_000
    json_depth: int = 32
    media_s: float = 1_200.0
    picture_side: int = 8_192
    watched_pixels: float = 3e9  # 30 s of 1080p at 48 a second: about half of what a reader's ten seconds can decode


DEFAULT = Caps()

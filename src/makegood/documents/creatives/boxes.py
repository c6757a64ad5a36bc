"""What container headers tell of the whole file: an MP4's box order, a RIFF file's length.
Walks headers only, bounded, without recursion.
"""

from __future__ import annotations

import struct
from pathlib import Path

MOST_BOXES = 4096


def index_first(path: Path) -> bool | None:
    """True when moov stands before mdat (playback starts before the download ends), None when either is missing.

    Source: ISO/IEC 14496-12, 4.2 and 8.2.1.
    """
    seen: list[bytes] = []
    size = path.stat().st_size
    with path.open("rb") as stream:
        place = 0
        for _ in range(MOST_BOXES):
            stream.seek(place)
            head = stream.read(16)
            if len(head) < 8:
                break
            length, name = struct.unpack(">I4s", head[:8])
            if length == 1 and len(head) == 16:
                length = struct.unpack(">Q", head[8:])[0]
            seen.append(name)
            place += length if length >= 8 else size
            if place >= size:
                break
    if b"moov" not in seen or b"mdat" not in seen:
        return None
    return seen.index(b"moov") < seen.index(b"mdat")


def riff_cut(path: Path) -> bool:
    """True when a WAV or AVI ends before the length its header names (0 and 2^32-1 name none).

    Source: Multimedia Programming Interface and Data Specifications 1.0, RIFF.
    """
    with path.open("rb") as stream:
        head = stream.read(8)
    length = int(struct.unpack("<I", head[4:8])[0]) if len(head) == 8 else 0
    return length not in (0, 0xFFFFFFFF) and length + 8 > path.stat().st_size + 1

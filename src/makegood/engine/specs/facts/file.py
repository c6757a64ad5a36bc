"""What holds for a file of any kind, and the places in it.
Nothing judged, no file opened.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FileFacts:
    """The file itself. ``weight_bytes`` as stored, ``gzipped_bytes`` as a web server would send it."""

    name: str
    sha256: str
    weight_bytes: int
    gzipped_bytes: int
    content_type: str
    hides_archive: bool = False
    script_inside: str = ""


@dataclass(frozen=True, slots=True)
class Spot:
    """Something found, and where: ``what`` as written in the file, ``where`` as file:line or a path of elements."""

    what: str
    where: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of time within a sound or video, in seconds from its start."""

    start_s: float
    end_s: float

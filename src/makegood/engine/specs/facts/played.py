"""Sound and film as measured.
Nothing judged, no file opened.
"""

from __future__ import annotations

from dataclasses import dataclass

from makegood.engine.specs.facts.file import FileFacts, Stretch


@dataclass(frozen=True, slots=True)
class SoundFacts:
    """One sound track measured. Loudness by ITU-R BS.1770 in LUFS, None when silent; peak in dBTP.

    ``clipped`` counts runs of samples that stand at full scale, ``clipped_at_s`` is where the first begins.
    """

    codec: str
    sample_rate_hz: int
    channels: int
    bitrate_kbps: float
    integrated_lufs: float | None
    range_lu: float
    true_peak_dbtp: float | None
    leading_silence_s: float
    trailing_silence_s: float
    clipped: int = 0
    clipped_at_s: float = 0.0


@dataclass(frozen=True, slots=True)
class AudioFacts:
    """An audio spot: its container, its length in seconds as decoded, its sound."""

    file: FileFacts
    container: str
    duration_s: float
    sound: SoundFacts


@dataclass(frozen=True, slots=True)
class VideoFacts:
    """A video. ``width`` and ``height`` are those of the picture held upright, ``pixel_aspect`` the width of a pixel to its
    height. ``index_first`` is moov before mdat (None where the container has no such thing).

    ``bars`` are shares of the picture that stay black: top, bottom, left, right. ``flashes`` is the most within any
    second, from ``flashes_at_s`` on. ``watched`` is False when the film was too long to look at every picture.
    """

    file: FileFacts
    container: str
    codec: str
    width: int
    height: int
    fps: float
    duration_s: float
    bitrate_kbps: float
    pixel_format: str
    interlaced: bool
    index_first: bool | None
    sound: SoundFacts | None
    frames: int = 0
    watched: bool = True
    black: tuple[Stretch, ...] = ()
    frozen: tuple[Stretch, ...] = ()
    bars: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    flashes: int = 0
    flashes_at_s: float = 0.0
    pixel_aspect: float = 1.0

"""What a creative file was found to be: frozen facts, one class a kind of file, nothing judged.
Probes in documents fill them; checks here read them. No file is opened here.
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


@dataclass(frozen=True, slots=True)
class MediaFile:
    """One rendition named by a VAST tag."""

    url: str
    mime: str
    width: int
    height: int
    bitrate_kbps: float
    delivery: str
    api: str
    where: str


@dataclass(frozen=True, slots=True)
class VastAd:
    """One ad of a VAST tag, ``kind`` inline or wrapper; ``duration_s`` None when it has no linear creative."""

    kind: str
    title: str
    duration_s: float | None
    linear: bool
    media: tuple[MediaFile, ...]
    click_through: str
    tracking: tuple[str, ...]
    impressions: int
    universal_ids: tuple[str, ...]
    companions: tuple[str, ...]
    verifications: tuple[str, ...]
    wrapped_url: str


@dataclass(frozen=True, slots=True)
class VastFacts:
    """A VAST tag, each deviation with its place: ``broken`` is what the standard demands and the tag lacks, ``alien``
    what its version does not know, ``unordered`` what only a strict validator minds, ``macros`` those nobody fills in.
    """

    file: FileFacts
    version: str
    ads: tuple[VastAd, ...]
    insecure: tuple[Spot, ...]
    vpaid: tuple[Spot, ...]
    interactive: tuple[Spot, ...]
    broken: tuple[Spot, ...]
    alien: tuple[Spot, ...] = ()
    unordered: tuple[Spot, ...] = ()
    macros: tuple[Spot, ...] = ()


@dataclass(frozen=True, slots=True)
class TextFacts:
    """Native or plain copy: ``fields`` pairs a field's name (title, body, brand, url, text …) with its words."""

    file: FileFacts
    fields: tuple[tuple[str, str], ...]


Facts = ImageFacts | BundleFacts | AudioFacts | VideoFacts | VastFacts | TextFacts

KINDS: dict[str, type[Facts]] = {
    "image": ImageFacts,
    "html5": BundleFacts,
    "audio": AudioFacts,
    "video": VideoFacts,
    "vast": VastFacts,
    "native": TextFacts,
}


def kind_of(facts: Facts) -> str:
    """The format's name: image, html5, audio, video, vast or native."""
    return next(name for name, cls in KINDS.items() if type(facts) is cls)

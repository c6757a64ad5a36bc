"""VAST tags and copy as read.
Nothing judged, no file opened.
"""

from __future__ import annotations

from dataclasses import dataclass

from makegood.engine.specs.facts.file import FileFacts, Spot


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

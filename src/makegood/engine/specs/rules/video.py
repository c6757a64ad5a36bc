"""Rules for the pictures of a video and for the container of video and audio files.
Its sound and length are in `sound`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from makegood.engine.specs.facts import AudioFacts, VideoFacts
from makegood.engine.specs.findings import Fault
from makegood.engine.specs.rules.rule import Rule, between, fixed, listed, number


def containers(facts: AudioFacts | VideoFacts, wanted: list[str]) -> Iterator[Fault]:
    """The wrapping of the file."""
    if facts.container not in wanted:
        yield Fault(facts.container.upper(), f"Export it as {listed(one.upper() for one in wanted)}.")


def codecs(facts: VideoFacts, wanted: list[str]) -> Iterator[Fault]:
    """The pictures' encoding."""
    if facts.codec not in wanted:
        yield Fault(facts.codec.upper(), f"Encode the video as {listed(one.upper() for one in wanted)}.", "video")


def smallest(facts: VideoFacts, wanted: str) -> Iterator[Fault]:
    """The least width and height, upright videos turned."""
    width, height = (int(one) for one in wanted.split("x"))
    if min(facts.width, facts.height) < min(width, height) or max(facts.width, facts.height) < max(width, height):
        found = f"{facts.width}x{facts.height}"
        yield Fault(found, f"Export the video at {wanted} or larger from the master: it is {found}.", "video")


def aspect(facts: VideoFacts, ratios: list[str]) -> Iterator[Fault]:
    """Width to height, within a hundredth."""
    found = facts.width * facts.pixel_aspect / facts.height
    if not any(abs(found / (int(w) / int(h)) - 1) < 0.01 for w, h in (one.split(":") for one in ratios)):
        stretched = "" if facts.pixel_aspect == 1 else f", pixels {number(facts.pixel_aspect)} times as wide as high"
        yield Fault(
            f"{facts.width}x{facts.height}{stretched}", f"Frame the video at {listed(ratios)} without black bars.", "video"
        )


def frame_rates(facts: VideoFacts, rates: list[float]) -> Iterator[Fault]:
    """Pictures a second, within a hundredth of one of the rates."""
    if not any(abs(facts.fps - rate) < 0.011 for rate in rates):
        yield Fault(f"{number(facts.fps)} a second", f"Export the video at {listed(rates)} pictures a second.", "video")


def bitrate(facts: VideoFacts, wanted: list[float | None]) -> Iterator[Fault]:
    """Kilobits a second of the whole file."""
    low, high = wanted
    if (low is not None and facts.bitrate_kbps < low) or (high is not None and facts.bitrate_kbps > high):
        yield Fault(
            f"{number(round(facts.bitrate_kbps))} kbps", f"Export the video with {between(wanted, 'kbps')}.", "video"
        )


def progressive(facts: VideoFacts, _: Any) -> Iterator[Fault]:
    """Whole pictures, not half-lines in turn."""
    if facts.interlaced:
        yield Fault("interlaced", "Deinterlace the video and export it as progressive.", "video")


def pixel_formats(facts: VideoFacts, wanted: list[str]) -> Iterator[Fault]:
    """How colour is stored."""
    if facts.pixel_format not in wanted:
        yield Fault(
            facts.pixel_format, "Export with 8-bit 4:2:0 colour (yuv420p): players show nothing else safely.", "video"
        )


def index_first(facts: VideoFacts, _: Any) -> Iterator[Fault]:
    """The index before the media, so that playback starts at once."""
    if facts.index_first is False:
        yield Fault("index at the end", "Switch on 'fast start' (web optimised) in the export.", "moov box")


def has_sound(facts: VideoFacts, _: Any) -> Iterator[Fault]:
    """A sound track."""
    if facts.sound is None:
        yield Fault("no sound track", "Export the video with its sound.", "sound")


RULES = (
    Rule("containers", "File type", lambda v: listed(one.upper() for one in v),
         {AudioFacts: containers, VideoFacts: containers}),
    Rule("codecs", "Video encoding", lambda v: listed(one.upper() for one in v), {VideoFacts: codecs}),
    Rule("min_size", "Picture size", lambda v: f"at least {v}", {VideoFacts: smallest}),
    Rule("aspect_ratios", "Shape", listed, {VideoFacts: aspect}),
    Rule("frame_rates", "Frame rate", lambda v: f"{listed(v)} pictures a second", {VideoFacts: frame_rates}),
    Rule("video_kbps", "Bitrate", lambda v: between(v, "kbps"), {VideoFacts: bitrate}),
    Rule("progressive", "Scan", fixed("progressive"), {VideoFacts: progressive}),
    Rule("pixel_formats", "Colour storage", listed, {VideoFacts: pixel_formats}),
    Rule("index_first", "Fast start", fixed("index before the media"), {VideoFacts: index_first}),
    Rule("has_sound", "Sound", fixed("a sound track"), {VideoFacts: has_sound}),
)  # fmt: skip

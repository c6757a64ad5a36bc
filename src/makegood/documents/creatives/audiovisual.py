"""Audio and video files: demuxed whole, sound measured, pictures watched, never played.
One demuxer, told by content, is allowed; it may open no other file and no address.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av
from av.container import InputContainer
from av.stream import Disposition
from av.video.stream import VideoStream

from makegood.documents.creatives import boxes
from makegood.documents.creatives.caps import Caps
from makegood.documents.creatives.kinds import Kind
from makegood.documents.creatives.refusals import UnreadableCreative
from makegood.documents.creatives.sound import Meter
from makegood.documents.creatives.watching import Watcher
from makegood.engine.specs.facts import AudioFacts, FileFacts, VideoFacts

LOOKED_AT = 12  # pictures decoded of a film too long to watch: interlacing and pixel format show at once
SOUND_TAIL_S = 0.1
ENOUGH_SHORT_S = 0.5  # decoded less than announced by more than this is a cut file


@dataclass(slots=True)
class Pictures:
    """What the pictures showed, and how long their track runs; without a watcher only the first are decoded."""

    watcher: Watcher | None = None
    pixel_format: str = ""
    interlaced: bool = False
    turned: bool = False
    decoded: int = 0
    packets: int = 0
    end_s: float = 0.0


def open_media(path: Path, encoding: str) -> InputContainer:
    """The container at ``path``, read by the demuxer for ``encoding`` and no other."""
    demuxer = {"mp4": "mov", "mov": "mov"}.get(encoding, encoding)
    return av.open(str(path), format=demuxer, options={"protocol_whitelist": "file", "enable_drefs": "0"})


def read(path: Path, file: FileFacts, kind: Kind, caps: Caps) -> AudioFacts | VideoFacts:
    """Facts of a sound or video file. Raises UnreadableCreative when cut, damaged, too long or without a track."""
    try:
        with open_media(path, kind.encoding) as container:
            return _read(container, path, file, kind, caps)
    except (av.error.FFmpegError, ValueError, OSError) as damage:
        detail = getattr(damage, "strerror", None) or str(damage)
        raise _refuse("damaged", f"The {kind.encoding} file cannot be read ({detail}).", file.name,
                      "It was cut short or damaged on the way: export and upload it again.") from damage  # fmt: skip


def _read(container: InputContainer, path: Path, file: FileFacts, kind: Kind, caps: Caps) -> AudioFacts | VideoFacts:
    if kind.encoding in ("wav", "avi") and boxes.riff_cut(path):
        raise _refuse("cut", "The file is shorter than its header says.", file.name,
                      "It was cut short on the way: upload it again.")  # fmt: skip
    announced = (container.duration or 0) / 1_000_000
    if announced > caps.media_s:
        raise _refuse("too_long", f"It runs {announced:,.0f} s; nothing above {caps.media_s:,.0f} s is opened.",
                      file.name, "Send the advertisement alone.")  # fmt: skip
    if any(stream.codec_context is None for stream in (*container.streams.video, *container.streams.audio)):
        raise _refuse("encoding", "A track is encoded in a way nothing here can decode.", file.name,
                      "Export sound as MP3 or WAV, video as MP4 (H.264, AAC).")  # fmt: skip
    picture = picture_of(container)
    if picture and max(picture.width, picture.height) > caps.picture_side:
        raise _refuse("too_large", f"The picture is {picture.width}x{picture.height}.", file.name,
                      "Export it at 1920x1080 or 3840x2160.")  # fmt: skip
    pictures, meter = _demux(container, picture, file.name, caps)
    heard = meter.duration_s if meter else 0.0
    if announced - max(heard, pictures.end_s) > ENOUGH_SHORT_S:
        raise _refuse("cut", f"It announces {announced:.1f} s and ends after {max(heard, pictures.end_s):.1f} s.",
                      file.name, "It was cut short on the way: upload it again.")  # fmt: skip
    if picture is None:
        if meter is None or not meter.samples:
            raise _refuse("no_track", "It holds neither sound nor pictures.", file.name, "Export it again.")
        content_type = file.content_type if kind.format == "audio" else "audio/mp4"
        return AudioFacts(
            file=dataclasses.replace(file, content_type=content_type), container=kind.encoding,
            duration_s=round(heard, 3), sound=meter.facts(),
        )  # fmt: skip
    return _video(picture, pictures, meter, path, file, kind)


def _video(
    picture: VideoStream, pictures: Pictures, meter: Meter | None, path: Path, file: FileFacts, kind: Kind
) -> VideoFacts:
    if not pictures.decoded:
        raise _refuse("damaged", "No picture can be decoded.", file.name, "Export and upload it again.")
    heard = meter.duration_s if meter else 0.0
    # Encoders fill up the last block of sound: a film is as long as its pictures unless its sound really goes on.
    duration = pictures.end_s if pictures.end_s and heard - pictures.end_s <= SOUND_TAIL_S else max(pictures.end_s, heard)
    width, height = (picture.height, picture.width) if pictures.turned else (picture.width, picture.height)
    pixel = float(picture.sample_aspect_ratio or 1)
    seen = pictures.watcher or Watcher()
    return VideoFacts(
        file=file, container=kind.encoding, codec=picture.codec_context.name,
        width=width, height=height, fps=round(float(picture.average_rate or 0), 3),
        duration_s=round(duration, 3), bitrate_kbps=round(file.weight_bytes * 8 / 1000 / max(duration, 0.001), 1),
        pixel_format=pictures.pixel_format, interlaced=pictures.interlaced,
        index_first=boxes.index_first(path) if kind.encoding in ("mp4", "mov") else None,
        sound=meter.facts() if meter and meter.samples else None, frames=pictures.packets,
        watched=pictures.watcher is not None, black=tuple(seen.black.stretches), frozen=tuple(seen.frozen.stretches),
        bars=seen.bars, flashes=seen.flashes[0], flashes_at_s=seen.flashes[1],
        pixel_aspect=round(1 / pixel if pictures.turned else pixel, 4),
    )  # fmt: skip


def picture_of(container: InputContainer) -> VideoStream | None:
    """The track of moving pictures; the cover of a sound file is none."""
    covers = Disposition.attached_pic | Disposition.timed_thumbnails
    return next((stream for stream in container.streams.video if not stream.disposition & covers), None)


def _pixels(container: InputContainer, picture: VideoStream) -> float:
    """How many pixels the whole film shows."""
    return picture.width * picture.height * float(picture.average_rate or 25) * (container.duration or 0) / 1_000_000


def _demux(
    container: InputContainer, picture: VideoStream | None, name: str, caps: Caps
) -> tuple[Pictures, Meter | None]:
    pictures = Pictures(Watcher() if picture and _pixels(container, picture) <= caps.watched_pixels else None)
    meter = Meter(container.streams.audio[0], name) if container.streams.audio else None
    wanted = [stream for stream in (picture, meter and meter.stream) if stream]
    for stream in wanted:
        stream.codec_context.thread_count = 1
    if picture:  # pictures are judged small: what the smoothing of block edges would add is never seen
        picture.codec_context.options = {"skip_loop_filter": "all", "flags2": "+fast"}
    damaged = 0
    for packet in container.demux(*wanted) if wanted else ():
        try:
            if meter and packet.stream is meter.stream:
                _hear(packet, meter)
            else:
                _see(packet, pictures)
        except av.error.InvalidDataError:
            damaged += 1
        if max(pictures.end_s, meter.duration_s if meter else 0) > caps.media_s:
            raise _refuse("too_long", f"It runs past {caps.media_s:,.0f} s.", name, "Send the advertisement alone.")
    if damaged > 2:
        raise _refuse("damaged", f"{damaged} parts of it cannot be decoded.", name, "Export and upload it again.")
    if meter:
        meter.close()
    if pictures.watcher:
        pictures.watcher.close(pictures.end_s)
    return pictures, meter


def _hear(packet: av.Packet[Any], meter: Meter) -> None:
    meter.packet_bytes += packet.size
    for frame in packet.decode():
        if isinstance(frame, av.AudioFrame):
            meter.take(frame)


def _see(packet: av.Packet[Any], pictures: Pictures) -> None:
    if packet.pts is not None and packet.time_base is not None:
        pictures.packets += 1
        pictures.end_s = max(pictures.end_s, float((packet.pts + (packet.duration or 0)) * packet.time_base))
    if pictures.watcher or pictures.decoded < LOOKED_AT:
        for frame in packet.decode():
            if isinstance(frame, av.VideoFrame):
                pictures.decoded += 1
                pictures.pixel_format = frame.format.name
                pictures.interlaced = pictures.interlaced or bool(frame.interlaced_frame)
                pictures.turned = frame.rotation % 180 == 90
                if pictures.watcher:
                    pictures.watcher.take(frame, frame.time or 0.0)


def _refuse(what: str, reason: str, where: str, remedy: str) -> UnreadableCreative:
    return UnreadableCreative(reason, where, remedy, rule=f"media.{what}")

"""A corrected file proposed: the sound brought to a loudness under a ceiling, pictures copied as they are.
Runs in this process and writes to memory; from outside call `guarded.corrected`.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import cast

import av
import numpy as np
from av.audio.stream import AudioStream
from av.container import InputContainer, OutputContainer

from makegood.documents.creatives import audiovisual, kinds, levels
from makegood.documents.creatives.caps import MEGABYTE
from makegood.documents.creatives.refusals import UnreadableCreative

MOST_BYTES, MOST_S = 64 * MEGABYTE, 180.0
ENCODERS = {"mp3float": "libmp3lame", "mp3": "libmp3lame", "aac": "aac", "flac": "flac"}
LOSSY_DB = 0.5  # an encoder moves peaks: room is left for it
CHUNK = 4608


def corrected(path: Path, *, lufs: float, peak_dbtp: float) -> bytes:
    """The file at ``path`` in its own container and encoding, its sound at ``lufs`` with peaks below ``peak_dbtp``.

    Raises UnreadableCreative for what has no sound, is too long, or cannot be written again.
    """
    with path.open("rb") as stream:
        kind = kinds.recognise(stream.read(kinds.HEAD_BYTES), where=path.name)
    if kind.format not in ("audio", "video") or path.stat().st_size > MOST_BYTES:
        raise _refuse(path, "Only sound and films up to 64 MB are corrected here.", "Correct it in the studio.")
    with audiovisual.open_media(path, kind.encoding) as source:
        if not source.streams.audio or (source.duration or 0) / 1_000_000 > MOST_S:
            raise _refuse(path, f"It has no sound, or runs longer than {MOST_S:.0f} s.", "Correct it in the studio.")
        track = source.streams.audio[0]
        name = track.codec_context.name
        encoder = ENCODERS.get(name) or (name if name.startswith("pcm_") else "")
        if not encoder:
            raise _refuse(path, f"Sound as {name} cannot be written here.", "Export it as MP3, WAV or MP4.")
        layout, rate = track.layout.name, track.rate
        heard = _decoded(source, track, layout)
        if levels.loudness(heard, rate, layout) <= -69:
            raise _refuse(path, "It is silent: there is nothing to turn up.", "Export it again with its sound.")
        ceiling = peak_dbtp if encoder.startswith(("pcm_", "flac")) else peak_dbtp - LOSSY_DB
        shaped = levels.brought_to(heard, rate, layout, lufs=lufs, peak_dbtp=ceiling)
        made = _written(source, track, shaped, kind.encoding, encoder)
        off = lufs - _loudness(made, layout)
        if abs(off) <= levels.CLOSE_LU:
            return made
        # What the encoder takes away (its highest notes) is given beforehand.
        shaped = levels.brought_to(heard, rate, layout, lufs=lufs + off, peak_dbtp=ceiling)
        source.seek(0)
        return _written(source, track, shaped, kind.encoding, encoder)


def _loudness(made: bytes, layout: str) -> float:
    with av.open(io.BytesIO(made), "r") as again:
        track = again.streams.audio[0]
        return levels.loudness(_decoded(again, track, layout), track.rate, layout)


def _decoded(source: InputContainer, track: AudioStream, layout: str) -> levels.Samples:
    resampler = av.AudioResampler(format="fltp", layout=layout, rate=track.rate)
    parts = [part.to_ndarray() for frame in source.decode(track) for part in resampler.resample(frame)]
    if not parts:
        raise UnreadableCreative("No sound can be decoded.", source.name, "Export it again.", rule="media.damaged")
    source.seek(0)
    return np.concatenate(parts, axis=1).astype(np.float32)


def _written(source: InputContainer, track: AudioStream, samples: levels.Samples, encoding: str, encoder: str) -> bytes:
    out = io.BytesIO()
    picture = audiovisual.picture_of(source)
    # The index needs its room at the front before the media are written: a stream cannot be turned round afterwards.
    room = 40_000 + 32 * ((picture.frames if picture else 0) + samples.shape[1] // 500)
    options = {"moov_size": str(room)} if encoding in ("mp4", "mov") else {}
    with av.open(out, "w", format=encoding, options=options) as target:
        copy = target.add_stream_from_template(picture) if picture else None
        stream = cast(AudioStream, target.add_stream(encoder, rate=track.rate, layout=track.layout.name))
        if track.bit_rate and not encoder.startswith(("pcm_", "flac")):
            stream.bit_rate = track.bit_rate
        if copy is not None and picture is not None:
            for packet in source.demux(picture):
                if packet.dts is not None:
                    packet.stream = copy
                    target.mux(packet)
        _encode(target, stream, samples, track.rate)
    return out.getvalue()


def _encode(target: OutputContainer, stream: AudioStream, samples: levels.Samples, rate: int) -> None:
    for start in range(0, samples.shape[1], CHUNK):
        part = np.ascontiguousarray(np.clip(samples[:, start : start + CHUNK], -1, 1))
        frame = av.AudioFrame.from_ndarray(part, format="fltp", layout=stream.layout.name)
        frame.sample_rate, frame.pts = rate, start
        target.mux(stream.encode(frame))
    target.mux(stream.encode(None))


def _refuse(path: Path, reason: str, remedy: str) -> UnreadableCreative:
    return UnreadableCreative(reason, path.name, remedy, rule="media.not_corrected")

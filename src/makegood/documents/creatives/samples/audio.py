"""A demo audio spot as WAV or MP3, and the writing of samples into any container.
The sound itself is made in `music`.
"""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
from av.audio.stream import AudioStream
from av.container import OutputContainer

from makegood.documents.creatives.samples import music
from makegood.documents.creatives.samples.brand import known

FAULTS = ("too_loud", "wrong_length", "silent_start", "low_bitrate", "low_rate")
CHUNK = 4608


def spot(target: Path, *, seconds: float = 15, seed: int = 0, lufs: float = -16.0, fault: str | None = None) -> Path:
    """Write a spot to ``target`` (.wav or .mp3 at 192 kbps) at ``lufs``. Returns ``target``.

    Faults: too_loud (-8 LUFS), wrong_length (a fifth too long), silent_start (2 s), low_bitrate (MP3, 64 kbps),
    low_rate (22,050 Hz). Raises UnknownFault.
    """
    known(fault, *FAULTS)
    rate = 22050 if fault == "low_rate" else 44100
    length = seconds * 1.2 if fault == "wrong_length" else seconds
    samples = music.bed(length, seed=seed, rate=rate, lufs=-8.0 if fault == "too_loud" else lufs)
    if fault == "silent_start":
        samples[:, : 2 * rate] = 0
    wave = target.suffix.lower() == ".wav"
    with av.open(str(target), "w", format="wav" if wave else "mp3") as container:
        stream = container.add_stream("pcm_s16le" if wave else "libmp3lame", rate=rate, layout="stereo")
        if not wave:
            stream.bit_rate = 64_000 if fault == "low_bitrate" else 192_000
        write(container, stream, samples, rate)
    return target


def write(container: OutputContainer, stream: AudioStream, samples: music.Samples, rate: int) -> None:
    """Encode samples of shape (2, n) into the stream and flush it."""
    place = 0
    while place < samples.shape[1]:
        part = np.ascontiguousarray(samples[:, place : place + CHUNK])
        frame = av.AudioFrame.from_ndarray(part, format="fltp", layout="stereo")
        frame.sample_rate, frame.pts = rate, place
        container.mux(stream.encode(frame))
        place += part.shape[1]
    container.mux(stream.encode(None))

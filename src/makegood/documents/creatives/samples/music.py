"""Short music-like beds made of numbers: chords, a bass and a pulse, brought to a wanted loudness.
Arrays only; writing files is `audio` and `film`.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from makegood.documents.creatives import levels

Samples = npt.NDArray[np.float32]
CHORDS = ((0, 4, 7), (9, 12, 16), (5, 9, 12), (7, 11, 14))  # I-vi-IV-V
CEILING = 0.8  # about -1.9 dBFS: keeps the peak between samples below -1 dBTP


def bed(seconds: float, *, seed: int = 0, rate: int = 44100, lufs: float = -16.0) -> Samples:
    """A stereo bed of shape (2, samples) at ``lufs`` integrated, from first to last sample without silence."""
    chance = np.random.default_rng(seed)
    root = 196.0 * 2 ** (chance.integers(-4, 5) / 12)
    beat = 60 / chance.integers(92, 124)
    time = np.arange(round(seconds * rate)) / rate
    bar = (time / (4 * beat)).astype(int) % len(CHORDS)
    phase, pulse = (time % (4 * beat)) / (4 * beat), (time % beat) / beat
    left, right = np.zeros_like(time), np.zeros_like(time)
    for voice in range(3):
        pitch = root * 2 ** (np.array([chord[voice] for chord in CHORDS])[bar] / 12)
        turn = 2 * np.pi * np.cumsum(pitch) / rate
        tone = (np.sin(turn) + 0.4 * np.sin(2 * turn) + 0.15 * np.sin(3 * turn)) * np.exp(-1.2 * phase)
        left += tone * (0.9 - 0.25 * voice)
        right += tone * (0.4 + 0.25 * voice)
    bass = 1.2 * np.sin(np.pi * np.cumsum(root * 2 ** (np.array([c[0] for c in CHORDS])[bar] / 12)) / rate)
    tick = 0.25 * chance.standard_normal(time.size) * np.exp(-40 * pulse)
    both = np.stack([left + bass + tick, right + bass + tick]) * (0.75 + 0.25 * np.exp(-3 * pulse))
    return at_loudness((both / 8).astype(np.float32), lufs, rate)


def at_loudness(samples: Samples, lufs: float, rate: int) -> Samples:
    """The samples at ``lufs``: gained, then bent softly below the ceiling, repeated until it is met."""
    shaped = samples
    gain = 1.0
    ceiling = max(CEILING, min(1.0, 10 ** ((lufs + 14) / 20)))
    for _ in range(5):
        shaped = (ceiling * np.tanh(samples * gain / ceiling)).astype(np.float32)
        off = lufs - levels.loudness(shaped, rate, "stereo")
        if abs(off) < 0.1:
            break
        gain *= 10 ** (off / 20)
    return shaped

"""Sound as arrays: measured by libavfilter's ebur128, brought to a loudness under a true-peak ceiling.
No file is opened here; samples are float32 of shape (channels, n), full scale 1.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import av
import numpy as np
import numpy.typing as npt
from av.audio.frame import AudioFrame
from av.filter import Graph

Samples = npt.NDArray[np.float32]
CLOSE_LU = 0.05
OVERSAMPLED_HZ = 192_000  # a peak between samples is only seen, and held, at a higher rate
ROUNDS = 6


def measure(samples: Samples, rate: int, layout: str) -> tuple[float, float]:
    """Integrated loudness in LUFS (-70 when all is below the gate) and true peak in dBTP.

    Source: ITU-R BS.1770-4, as libavfilter's ebur128 measures it.
    """
    told = _told(samples, rate, layout, "metadata=1:peak=true:framelog=quiet")
    peak = float(told.get("lavfi.r128.true_peak", 0))
    return float(told.get("lavfi.r128.I", -70)), 20 * math.log10(peak) if peak > 0 else -math.inf


def loudness(samples: Samples, rate: int, layout: str) -> float:
    """Integrated loudness in LUFS alone: much quicker, for it looks for no peaks between samples."""
    return float(_told(samples, rate, layout, "metadata=1:framelog=quiet").get("lavfi.r128.I", -70))


def _told(samples: Samples, rate: int, layout: str, options: str) -> dict[str, str]:
    told: dict[str, str] = {}
    for frame in _through(samples, rate, layout, (("ebur128", options),)):
        told = dict(frame.metadata) or told
    return told


def brought_to(samples: Samples, rate: int, layout: str, *, lufs: float, peak_dbtp: float) -> Samples:
    """The samples at ``lufs``, peaks held below ``peak_dbtp``; as near as the ceiling lets it come.

    A gain alone where that suffices; else a limiter, the gain raised until the loudness is met again.
    """
    gain_db = lufs - loudness(samples, rate, layout)
    for _ in range(ROUNDS):
        shaped = (samples * np.float32(10 ** (gain_db / 20))).astype(np.float32)
        if measure(shaped, rate, layout)[1] > peak_dbtp:
            shaped = _limited(shaped, rate, layout, peak_dbtp - 0.1)
        off = lufs - loudness(shaped, rate, layout)
        if abs(off) <= CLOSE_LU:
            break
        gain_db += off
    return shaped


def _limited(samples: Samples, rate: int, layout: str, ceiling_db: float) -> Samples:
    ceiling = 10 ** (ceiling_db / 20)
    filters = (
        ("aresample", str(OVERSAMPLED_HZ)), ("alimiter", f"limit={ceiling:.6f}:attack=5:release=60:level=0:latency=1"),
        ("aresample", str(rate)), ("aformat", f"sample_fmts=fltp:channel_layouts={layout}"),
    )  # fmt: skip
    parts = [frame.to_ndarray() for frame in _through(samples, rate, layout, filters)]
    whole = np.concatenate(parts, axis=1)[:, : samples.shape[1]].astype(np.float32)
    short = samples.shape[1] - whole.shape[1]
    return np.pad(whole, ((0, 0), (0, short))) if short else whole


def _through(samples: Samples, rate: int, layout: str, filters: tuple[tuple[str, str], ...]) -> Iterator[AudioFrame]:
    graph = Graph()
    source = graph.add_abuffer(sample_rate=rate, format="fltp", layout=layout)
    last = source
    for name, options in (*filters, ("abuffersink", "")):
        following = graph.add(name, options)
        last.link_to(following)
        last = following
    graph.configure()
    for start in range(0, samples.shape[1], rate):
        frame = AudioFrame.from_ndarray(np.ascontiguousarray(samples[:, start : start + rate]), format="fltp", layout=layout)
        frame.sample_rate, frame.pts = rate, start
        source.push(frame)
        yield from _waiting(last)
    source.push(None)
    yield from _waiting(last)


def _waiting(sink: av.filter.context.FilterContext) -> Iterator[AudioFrame]:
    while True:
        try:
            frame = sink.pull()
        except (av.error.BlockingIOError, av.error.EOFError):
            return
        if isinstance(frame, AudioFrame):
            yield frame

"""A sound track measured while it is decoded: loudness, true peak, silences, exact length.
Loudness is libavfilter's ebur128 (ITU-R BS.1770-4, EBU R128); no file is opened here.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import av
import numpy as np
import numpy.typing as npt
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.filter import Graph
from av.filter.context import FilterContext

from makegood.documents.creatives.refusals import UnreadableCreative
from makegood.engine.specs.facts import SoundFacts

Levels = npt.NDArray[np.float64]
SILENCE_DBFS = -60.0
MOST_CHANNELS = 6  # PyAV reads past a frame's eight plane pointers when all eight are in use
FULL_SCALE = 0.9999
CLIPPED_RUN = 3  # samples in a row at full scale: one alone may be an honest peak
SILENT_LUFS = -69.0  # ebur128 reports -70 when every block was gated away


@dataclass(slots=True)
class Meter:
    """Takes decoded frames one by one; ``facts`` answers when the track has ended."""

    stream: AudioStream
    name: str
    samples: int = 0
    rate: int = 0
    packet_bytes: int = 0
    _graph: tuple[Graph, FilterContext, FilterContext] | None = None
    _readings: dict[str, str] = field(default_factory=dict)
    _first_loud: int = -1
    _last_loud: int = -1
    _clipped: int = 0
    _clipped_first: int = -1

    def take(self, frame: AudioFrame) -> None:
        """Measure one frame. Raises UnreadableCreative when it has more channels than can be read safely."""
        if frame.layout.nb_channels > MOST_CHANNELS:
            raise UnreadableCreative(
                f"The sound has {frame.layout.nb_channels} channels.", self.name, "Mix it down to stereo or 5.1.",
                rule="media.channels",
            )  # fmt: skip
        if self._graph is None:
            self.rate = frame.sample_rate
            self._graph = _graph(frame)
        self._listen(frame)
        self.samples += frame.samples
        frame.pts = None
        self._graph[1].push(frame)
        self._drain()

    def close(self) -> None:
        """Flush the filter; no frame may follow."""
        if self._graph is not None:
            self._graph[1].push(None)
            self._drain()
            self._graph = None

    @property
    def duration_s(self) -> float:
        """Seconds decoded so far, to the sample."""
        return self.samples / self.rate if self.rate else 0.0

    def facts(self) -> SoundFacts:
        """What was measured; rounded to hundredths."""
        context = self.stream.codec_context
        rate = context.bit_rate or (self.packet_bytes * 8 / self.duration_s if self.duration_s else 0)
        lufs = float(self._readings.get("lavfi.r128.I", "-70"))
        peak = float(self._readings.get("lavfi.r128.true_peak", "0"))
        silent = self._first_loud < 0
        return SoundFacts(
            codec=context.name, sample_rate_hz=self.rate, channels=context.channels,
            bitrate_kbps=round(rate / 1000, 1),
            integrated_lufs=None if lufs <= SILENT_LUFS or math.isnan(lufs) else round(lufs, 2),
            range_lu=round(float(self._readings.get("lavfi.r128.LRA", "0")), 2),
            true_peak_dbtp=round(20 * math.log10(peak), 2) if peak > 0 else None,
            leading_silence_s=round(self.duration_s if silent else self._first_loud / self.rate, 3),
            trailing_silence_s=0.0 if silent else round((self.samples - 1 - self._last_loud) / self.rate, 3),
            clipped=self._clipped, clipped_at_s=round(max(0, self._clipped_first) / self.rate, 3) if self.rate else 0.0,
        )  # fmt: skip

    def _listen(self, frame: AudioFrame) -> None:
        levels = np.abs(normal(frame))
        if not frame.format.is_planar and frame.layout.nb_channels > 1:
            levels = levels.reshape(-1, frame.layout.nb_channels).T
        loud = np.flatnonzero(levels.max(axis=0) > 10 ** (SILENCE_DBFS / 20))
        if loud.size:
            self._last_loud = self.samples + int(loud[-1])
            if self._first_loud < 0:
                self._first_loud = self.samples + int(loud[0])
        if loud.size and levels.max() >= FULL_SCALE:
            self._clip(levels)

    def _clip(self, levels: Levels) -> None:
        full = np.pad(levels >= FULL_SCALE, ((0, 0), (1, 1)))
        turns = np.diff(full.astype(np.int8), axis=1)
        starts, ends = np.nonzero(turns == 1), np.nonzero(turns == -1)
        long = np.flatnonzero(ends[1] - starts[1] >= CLIPPED_RUN)
        self._clipped += int(long.size)
        if long.size and self._clipped_first < 0:
            self._clipped_first = self.samples + int(starts[1][long].min())

    def _drain(self) -> None:
        assert self._graph is not None
        while True:
            try:
                measured = self._graph[2].pull()
            except (av.error.BlockingIOError, av.error.EOFError):
                return
            if isinstance(measured, AudioFrame):
                self._readings = dict(measured.metadata) or self._readings


def normal(frame: AudioFrame) -> Levels:
    """A frame's samples as floats of full scale 1; shape (planes, samples)."""
    data = frame.to_ndarray()
    levels: Levels = data.astype(np.float64)
    if data.dtype.kind == "u":
        return (levels - 128) / 128
    return levels if data.dtype.kind == "f" else levels / 2 ** (8 * data.dtype.itemsize - 1)


def _graph(frame: AudioFrame) -> tuple[Graph, FilterContext, FilterContext]:
    graph = Graph()
    source = graph.add_abuffer(sample_rate=frame.sample_rate, format=frame.format.name, layout=frame.layout.name)
    meter = graph.add("ebur128", "metadata=1:peak=true:framelog=quiet")
    sink = graph.add("abuffersink")
    source.link_to(meter)
    meter.link_to(sink)
    graph.configure()
    return graph, source, sink

"""The event log of one server process: lines written once per turn of the event loop, made durable by group commit.

Who appends is told when the operating system has its lines, or when the disk has them. The disk itself is `committing`.
"""

from __future__ import annotations

import asyncio
import logging
import os
import pathlib
import secrets

from makegood.adserver import segments
from makegood.adserver.clock import Clock
from makegood.adserver.committing import Committing, Told
from makegood.adserver.open_segment import OpenSegment, Roll

_log = logging.getLogger(__name__)


class Journal:
    """Appends belong to the event loop. Written lines survive the end of the process, durable ones a power cut too."""

    def __init__(
        self, folder: pathlib.Path, clock: Clock, roll: Roll | None = None, most_waiting: int = 50_000
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder, self._clock, self._roll, self._most_waiting = folder, clock, roll or Roll(), most_waiting
        self._process = f"{os.getpid()}x{secrets.token_hex(3)}"
        self._sequence = 0
        self._lines: list[bytes] = []
        self._written: list[Told] = []
        self._durable: list[Told] = []
        self._disk = Committing(folder / f"{self._process}.probe", self._due)

    @property
    def fault(self) -> str:
        """Why events cannot be written at present; "" when they can."""
        return self._disk.fault

    @property
    def batches(self) -> int:
        """Group commits made durable."""
        return self._disk.batches

    @property
    def lines(self) -> int:
        """Events made durable."""
        return self._disk.lines

    def start(self, loop: asyncio.AbstractEventLoop) -> None:
        """Mend what dead servers left in the folder and begin writing."""
        for name in segments.recover(self._folder):
            _log.warning("recovered segment %s of a server that did not stop cleanly", name)
        self._loop = loop
        self._disk.start(loop)

    def append(self, lines: list[bytes], told: Told, *, durable: bool = True) -> None:
        """Take `lines` and call `told` once: with "" when they are on disk (with `durable`) or written, else with the fault.

        Refuses at once while the disk is at fault or cannot keep up.
        """
        if self._disk.fault:
            told(self._disk.fault)
        elif len(self._durable) + self._disk.waiting >= self._most_waiting:
            told(f"{self._most_waiting} answers are already waiting for the disk")
        else:
            if not self._lines:
                self._loop.call_soon(self.write)
            self._lines += lines
            (self._durable if durable else self._written).append(told)

    def write_at_once(self, data: bytes | memoryview, count: int) -> str:
        """Write `count` lines now, ahead of what is gathered; "" or the fault that kept them out."""
        return self._disk.fault or self._disk.write(data, count, [], self._open)

    def lend(self) -> int:
        """As `Committing.lend`."""
        return self._disk.lend()

    def returned(self, length: int, lines: int, torn: int) -> None:
        """As `Committing.returned`."""
        self._disk.returned(length, lines, torn)

    def write(self) -> None:
        """Write what this turn of the loop has gathered, in one piece."""
        lines, written, durable = self._lines, self._written, self._durable
        self._lines, self._written, self._durable = [], [], []
        if not lines:
            return
        fault = self._disk.write(b"".join(lines), len(lines), durable, self._open)
        for told in written:
            told(fault)
        for told in durable if fault else ():
            told(fault)

    def close(self) -> None:
        """Write what is queued, finish the segment and stop."""
        self.write()
        self._disk.close()

    def _open(self) -> OpenSegment:
        self._sequence += 1
        return OpenSegment(self._folder, self._process, self._sequence, self._clock.now_ms())

    def _due(self, segment: OpenSegment) -> bool:
        return segment.due(self._roll, self._clock.now_ms())

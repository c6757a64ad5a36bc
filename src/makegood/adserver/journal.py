"""Durable appending of events by group commit: a thread writes and syncs whole batches to segment files.

Who appends is told only after the disk has the batch, or that it has not. Reading back is `segments`.
"""

from __future__ import annotations

import asyncio
import logging
import os
import pathlib
import secrets
import threading
from collections.abc import Callable

from makegood.adserver import segments
from makegood.adserver.clock import Clock
from makegood.adserver.open_segment import OpenSegment, Roll

_log = logging.getLogger(__name__)
_LOOK_EVERY_S = 1.0

Durable = Callable[[str], None]
"""Called on the event loop with "" once the lines are on disk, else with the fault that kept them off it."""


class Journal:
    """The event log of one server process. `append` belongs to the event loop; the thread does the rest."""

    def __init__(
        self, folder: pathlib.Path, clock: Clock, roll: Roll | None = None, most_waiting: int = 50_000
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.fault = ""
        self.batches = self.lines = 0
        self._folder, self._clock, self._roll = folder, clock, roll or Roll()
        self._most_waiting = most_waiting
        self._process = f"{os.getpid()}x{secrets.token_hex(3)}"
        self._sequence = 0
        self._segment: OpenSegment | None = None
        self._lines: list[bytes] = []
        self._told: list[Durable] = []
        self._changed = threading.Condition()
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="event-journal")

    def start(self, loop: asyncio.AbstractEventLoop) -> None:
        """Mend what dead servers left in the folder and begin writing."""
        for name in segments.recover(self._folder):
            _log.warning("recovered segment %s of a server that did not stop cleanly", name)
        self._loop = loop
        self._thread.start()

    def append(self, lines: list[bytes], told: Durable | None) -> None:
        """Queue `lines` for the next batch; refuses at once, by `told`, when the disk cannot keep up."""
        if len(self._lines) >= self._most_waiting:
            if told:
                told(f"{self._most_waiting} events are already waiting for the disk")
            return
        with self._changed:
            self._lines += lines
            if told:
                self._told.append(told)
            self._changed.notify()

    def close(self) -> None:
        """Write what is queued, finish the segment and stop the thread."""
        with self._changed:
            self._stopping = True
            self._changed.notify()
        self._thread.join()

    def _run(self) -> None:
        while True:
            with self._changed:
                if not self._lines and not self._stopping:
                    self._changed.wait(_LOOK_EVERY_S)
                lines, told, self._lines, self._told = self._lines, self._told, [], []
                stopping = self._stopping
            if lines:
                self._commit(lines, told)
            elif self.fault:
                self._probe()
            if self._segment and ((stopping and not lines) or self._segment.due(self._roll, self._clock.now_ms())):
                self._finish()
            if stopping and not lines:
                return

    def _commit(self, lines: list[bytes], told: list[Durable]) -> None:
        try:
            self._opened().append(b"".join(lines))
        except OSError as error:
            # After a failed write or sync the file's tail is unknown, so it is cut there and never written again.
            if not self.fault:
                _log.error("event log %s cannot be written: %s; answering 503 until it can", self._folder, error)
            self.fault = f"the event log cannot be written: {error.strerror or error}"
            self._finish()
        else:
            self.batches, self.lines = self.batches + 1, self.lines + len(lines)
            if self.fault:
                _log.warning("event log %s can be written again", self._folder)
            self.fault = ""
        self._loop.call_soon_threadsafe(_tell, told, self.fault)

    def _probe(self) -> None:
        """Find out without traffic whether the disk takes data again: a load balancer may be sending none."""
        path = self._folder / f"{self._process}.probe"
        try:
            with path.open("wb") as file:
                file.write(bytes(4096))
                file.flush()
                os.fsync(file.fileno())
            self.fault = ""
        except OSError as error:
            self.fault = f"the event log cannot be written: {error.strerror or error}"
        path.unlink(missing_ok=True)

    def _opened(self) -> OpenSegment:
        if self._segment is None:
            self._sequence += 1
            self._segment = OpenSegment(self._folder, self._process, self._sequence, self._clock.now_ms())
        return self._segment

    def _finish(self) -> None:
        segment, self._segment = self._segment, None
        try:
            if segment:
                segment.finish()
        except OSError as error:
            _log.error("segment could not be finished: %s; the next start recovers it", error)


def _tell(told: list[Durable], fault: str) -> None:
    for each in told:
        each(fault)

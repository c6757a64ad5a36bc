"""One server process from start to graceful stop: listening, watching the plan, sweeping connections.

Routes and protocol live beside it; several processes are started by `processes`.
"""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import gc
import logging
import signal
import socket
import sys

import uvloop

from makegood.adserver import keys, sources, warming
from makegood.adserver.application import Application
from makegood.adserver.clock import Clock, Random, ShiftedClock, SystemClock, SystemRandom
from makegood.adserver.connections import Connections
from makegood.adserver.journal import Journal
from makegood.adserver.metrics import Metrics
from makegood.adserver.plans import Plans
from makegood.adserver.protocol import HttpConnection
from makegood.adserver.senders import Senders
from makegood.adserver.settings import Settings
from makegood.adserver.state import State
from makegood.adserver.turns.turns import Turns
from makegood.engine.decision import shares

_log = logging.getLogger(__name__)
_LOOK_EVERY_S = 1.0
_COLLECT_AFTER = 50_000
_SWITCH_AFTER_S = 0.0005


def run(settings: Settings, clock: Clock | None = None, random: Random | None = None) -> None:
    """Serve until SIGTERM or SIGINT; raises PlanInvalid, KeysInvalid or OSError when it cannot start."""
    listening = listen(settings.host, settings.port)
    host, port = listening.getsockname()[:2]
    settings = dataclasses.replace(settings, public_url=settings.public_url or f"http://{host}:{port}")
    shifted = None if settings.clock_ms is None else ShiftedClock(settings.clock_ms)
    state = prepare(settings, clock or shifted or SystemClock(), random or SystemRandom())
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(serve(state, listening))


def prepare(settings: Settings, clock: Clock, random: Random) -> State:
    """Load everything a server needs before it listens."""
    metrics, signing = Metrics(), keys.load(settings.keys)
    return State(
        settings=settings,
        keys=signing,
        plans=Plans(settings.plan, metrics, clock.now_ms()),
        sources=sources.load(settings.bots, settings.datacentres, settings.trust_forwarded, Senders(signing, clock)),
        clock=clock,
        random=random,
        journal=Journal(settings.events, clock, settings.roll),
        metrics=metrics,
    )


def listen(host: str, port: int) -> socket.socket:
    """Return a bound socket that other processes of ours may share (SO_REUSEPORT); port 0 picks a free one."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    listening.bind((host, port))
    return listening


async def serve(state: State, listening: socket.socket) -> None:
    """Answer until told to stop; then let connections finish and write every event."""
    loop, stop = asyncio.get_running_loop(), asyncio.Event()
    for signum in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(signum, stop.set)
    limits = state.settings.limits
    connections = Connections(limits, state.metrics)
    connections.sweep(loop.time(), state.clock.now_ms())
    application = Application(state, loop)
    state.journal.start(loop)
    _tuned()
    turns = Turns(state, connections, loop, lambda: HttpConnection(application, connections, limits))
    turns.listen(listening, backlog=1024)
    host, port = listening.getsockname()[:2]
    _log.info("serving plan version %d on %s:%d", state.plans.current.plan.version, host, port)
    # One line on standard output: whoever started the process reads the port from it.
    print(f"listening on {host}:{port}", flush=True)
    try:
        while not stop.is_set():
            turns.look()
            connections.sweep(loop.time(), state.clock.now_ms())
            await asyncio.to_thread(state.plans.look, state.clock.now_ms())
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), _LOOK_EVERY_S)
    finally:
        turns.deaf()
        await connections.stop(state.settings.stop_within_s)
        turns.close()
        await asyncio.to_thread(state.journal.close)
        _log.info("stopped; every event is written")
        sys.stdout.flush()


def _tuned() -> None:
    """What is loaded stays, so the collector need not look at it; and no other thread keeps the loop waiting for long.

    The decision's machine code is loaded now, or the first page would wait for it.
    """
    shares.shares(())
    warming.warm()
    gc.collect()
    gc.freeze()
    gc.set_threshold(_COLLECT_AFTER)
    sys.setswitchinterval(_SWITCH_AFTER_S)

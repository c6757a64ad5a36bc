"""What can go wrong in a world, as data: each fault names its cause and turns a world into the one it happens in.

Faults compose in any order. Traffic, live time, matching, caps, counting and pacing are the only things they touch.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from makegood.engine.causes import Cause
from makegood.engine.simulator.terms import Floats, SimulationInvalid
from makegood.engine.simulator.world import World


class Fault(Protocol):
    """Something that happens to a world, for a cause."""

    @property
    def cause(self) -> Cause: ...

    def on(self, world: World) -> World: ...


@dataclass(frozen=True, slots=True, eq=False)
class Stopped:
    """The flight cannot serve in the part `share[t]` of each step: late, without creative, or paused by `cause`."""

    flight: str
    share: Floats
    cause: Cause

    def on(self, world: World) -> World:
        return dataclasses.replace(world, live=_scaled(world, "live", self.flight, 1 - self.share))


@dataclass(frozen=True, slots=True, eq=False)
class Mispaced:
    """The flight's throttle is `factor[t]` times the planned one."""

    flight: str
    factor: Floats
    cause: Cause = Cause.PACING

    def on(self, world: World) -> World:
        return dataclasses.replace(world, throttle=_scaled(world, "throttle", self.flight, self.factor))


@dataclass(frozen=True, slots=True, eq=False)
class Traffic:
    """Requests are `factor` times the forecast: an array that broadcasts to (steps, cells)."""

    factor: Floats
    cause: Cause = Cause.TRAFFIC

    def on(self, world: World) -> World:
        if not np.isfinite(self.factor).all() or (self.factor < 0).any():
            raise SimulationInvalid("traffic: a factor is not a number at or above zero")
        return dataclasses.replace(world, requests=world.requests * self.factor)


@dataclass(frozen=True, slots=True, eq=False)
class Narrower:
    """The flight matches the part `match[c]` (or one number) of what it was planned to match in each cell."""

    flight: str
    match: Floats | float
    cause: Cause = Cause.NARROWER

    def on(self, world: World) -> World:
        own = np.flatnonzero(world.edges.flight == world.number(self.flight))
        cell = np.searchsorted(world.edges.first, own, side="right") - 1
        match = world.edges.match.copy()
        match[own] *= np.broadcast_to(self.match, len(world.edges.first) - 1)[cell]
        return dataclasses.replace(world, edges=world.edges._replace(match=match))


@dataclass(frozen=True, slots=True, eq=False)
class Competing:
    """A flight the plan did not know is live in the part `live[t]` of each step; without the fault it is not there."""

    flight: str
    live: Floats
    cause: Cause = Cause.CONTENTION

    def on(self, world: World) -> World:
        live = world.live.copy()
        live[:, world.number(self.flight)] = self.live
        return dataclasses.replace(world, live=live)


@dataclass(frozen=True, slots=True)
class Capped:
    """At most `cap` impressions a person in a window in which a person asks for the flight `rate` times on average."""

    flight: str
    cap: int
    rate: float
    cause: Cause = Cause.FREQUENCY_CAP

    def on(self, world: World) -> World:
        number = world.number(self.flight)
        cap, rate = world.flights.cap.copy(), world.flights.rate.copy()
        cap[number], rate[number] = self.cap, self.rate
        return dataclasses.replace(world, flights=world.flights._replace(cap=cap, rate=rate))


@dataclass(frozen=True, slots=True)
class Uncounted:
    """The part `share` of what the flight serves does not count: not rendered, or invalid, by `cause`."""

    flight: str
    share: float
    cause: Cause

    def on(self, world: World) -> World:
        counted = world.counted.copy()
        counted[world.number(self.flight)] *= 1 - self.share
        return dataclasses.replace(world, counted=counted)


def _scaled(world: World, name: str, flight: str, factor: Floats) -> Floats:
    table: Floats = getattr(world, name).copy()
    if len(factor) != len(table):
        raise SimulationInvalid(f"flight {flight}: {len(factor)} values of {name} for {len(table)} steps")
    table[:, world.number(flight)] *= factor
    return table

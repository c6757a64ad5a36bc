"""The controller: each step, the chance at which every flight takes its requests, from its course and what is reported.

State in, state out, all flights at once. Feed-forward from the forecast as corrected by what is measured, over a short
horizon (receding-horizon control); what is served but not yet reported is estimated.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from makegood.engine.pacing import estimate
from makegood.engine.pacing.course import Course, Floats
from makegood.engine.pacing.estimate import Rate

LEAST_AHEAD = 1e-3  # of a mean step's requests: when the forecast has none, whoever comes is taken while behind
WORST = 0.6  # of the requests left is the most that caution takes to be missing


class ReportInvalid(ValueError):
    """A report that does not follow the last one, or whose counts are no counts; the message says which."""


@dataclass(frozen=True, slots=True)
class Tuning:
    """Drifts are relative variances a step; `horizon` in steps; `caution` in standard deviations (2.33: one in a hundred).

    `lead` is the largest part of its goal by which a flight at risk runs before its course. `catch_up` limits a flight
    to that multiple of its even chance, or to what its goal needs of all the rest if that is more.
    """

    horizon: int = 6
    level_drift: float = 2e-4
    gain_drift: float = 1e-4
    caution: float = 2.33
    lead: float = 0.01
    catch_up: float = 4.0


@dataclass(frozen=True, slots=True, eq=False)
class Report:
    """What is known of the steps before `known`: `delivered[f]` so far, `requests[f, n]` in each step since the last report."""

    known: int
    delivered: Floats
    requests: npt.NDArray[np.int64] | Floats


@dataclass(frozen=True, slots=True, eq=False)
class Memory:
    """Between steps: requests and gains against those expected, the delivery last reported, chances since `known`."""

    level: Rate
    gain: Rate
    delivered: Floats
    tried: Floats
    known: int


def begin(of: Course, *, level_spread: float = 0.2, gain_spread: float = 0.75) -> Memory:
    """Before the first step: how far the forecast's level and the gain may be wrong, as relative standard deviations."""
    flights = len(of.goal)
    level, gain = (estimate.prior(flights, spread) for spread in (level_spread, gain_spread))
    return Memory(level, gain, np.zeros(flights), np.zeros((flights, 0)), 0)


def step(of: Course, memory: Memory, seen: Report, tuning: Tuning = Tuning()) -> tuple[Floats, Memory]:
    """Chances in 0..1 for the next step, shape (flights,), and the memory to hand in then. Raises ReportInvalid.

    The step is the one after those tried. A flight whose delivery, with what is not yet reported, meets its goal gets 0.
    """
    now = memory.known + memory.tried.shape[1]
    _check(of, memory, seen, now)
    level, gain = _learn(of, memory, seen, tuning)
    tried = memory.tried[:, seen.known - memory.known :]
    each = of.gain * level.value * gain.value
    flying = (np.diff(of.expected[:, seen.known : now + 1], axis=1) * tried).sum(axis=1) * each
    chance = _chance(of, now, seen.delivered + flying, each, level.doubt, tuning)
    tried = np.concatenate([tried, chance[:, None]], axis=1)
    return chance, Memory(level, gain, seen.delivered, tried, seen.known)


def _learn(of: Course, memory: Memory, seen: Report, tuning: Tuning) -> tuple[Rate, Rate]:
    """Requests met against those expected, and units gained against those the requests taken should have brought."""
    steps = seen.known - memory.known
    if not steps:
        return memory.level, memory.gain
    expected = of.expected[:, seen.known] - of.expected[:, memory.known]
    taken = (seen.requests * memory.tried[:, :steps]).sum(axis=1)
    gained = np.maximum(seen.delivered - memory.delivered, 0) / of.gain  # totals fall when invalid traffic is found
    return (
        estimate.observe(memory.level, seen.requests.sum(axis=1), expected, drift=tuning.level_drift * steps),
        estimate.observe(memory.gain, gained, taken, drift=tuning.gain_drift * steps),
    )


def _chance(of: Course, now: int, delivered: Floats, each: Floats, doubt: Floats, tuning: Tuning) -> Floats:
    """What the horizon's end demands ÷ what it offers, within the catch-up limit."""
    end, whole = min(now + tuning.horizon, of.steps), of.expected[:, -1]
    offered = np.maximum(of.expected[:, end] - of.expected[:, now], LEAST_AHEAD * whole / of.steps) * each
    due = np.minimum(of.goal, of.due[:, end] + _lead(of, now, delivered, each, doubt, tuning))
    even = of.goal / (whole * each)
    rest = np.maximum((whole - of.expected[:, now]) * each, offered)
    most = np.maximum(tuning.catch_up * even, (of.goal - delivered) / rest)
    return np.asarray(np.clip((due - delivered) / offered, 0.0, np.minimum(most, 1.0)))


def _lead(of: Course, now: int, delivered: Floats, each: Floats, doubt: Floats, tuning: Tuning) -> Floats:
    """Units to be early by: what the rest would miss if requests came out as low as `caution` allows for.

    A level that drifts by q a step has, averaged over n steps to come, the relative variance doubt + q n / 3.
    """
    spread = np.sqrt(doubt + tuning.level_drift / 2 * (of.steps - now) / 3)
    sure = (of.expected[:, -1] - of.expected[:, now]) * each * (1 - np.minimum(tuning.caution * spread, WORST))
    return np.asarray(np.clip(of.goal - delivered - sure, 0.0, tuning.lead * of.goal))


def _check(of: Course, memory: Memory, seen: Report, now: int) -> None:
    if now >= of.steps:
        raise ReportInvalid(f"the course of {of.steps} steps is over; begin a new one")
    if not memory.known <= seen.known <= now:
        raise ReportInvalid(f"a report up to step {seen.known} after one up to {memory.known}, at step {now}")
    if seen.requests.shape != (len(seen.delivered), seen.known - memory.known):
        raise ReportInvalid(
            f"requests of shape {seen.requests.shape} for {len(seen.delivered)} flights and the steps "
            f"{memory.known} to {seen.known}: one row a flight, one column a step newly known"
        )
    if (wrong := ~(np.isfinite(seen.delivered) & (seen.delivered >= 0))).any():
        place = int(np.flatnonzero(wrong)[0])
        raise ReportInvalid(f"row {place}: delivered {seen.delivered[place]} is no total; report units since the start")
    if not (np.isfinite(seen.requests) & (seen.requests >= 0)).all():
        place = int(np.flatnonzero(~(np.isfinite(seen.requests) & (seen.requests >= 0)).all(axis=1))[0])
        raise ReportInvalid(f"row {place}: its requests are not all counts; report zero where there were none")

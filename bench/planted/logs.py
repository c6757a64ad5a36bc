"""What a real system sees of a world: sampled requests, counts, logs of status and pacing, not what was planted.

`happen` runs the truth hour by hour with a pacing controller; `Logs` holds only what was written down.
"""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bench.planted.market import DAYS, HOURS, PLANNED_THROTTLE, RENDERED, Market
from makegood.engine import simulator
from makegood.engine.causes import Cause
from makegood.engine.simulator import faults

SAMPLED = 0.05  # of requests are logged in full
PEOPLE = 400  # whose requests are counted for the cap
SHAPE_ERROR = 0.15  # people's requests are not quite geometric: relative error of the rate that fits the cap
GAIN = 0.5


@dataclass(frozen=True)
class Logs:
    """By day: sampled requests per cell scaled up, the throttle set, parts of days stopped, the newcomer's live time.

    Of the focus flight: sampled requests in its cells and those that matched it; served, rendered and filtered; net by
    day; impressions by cell; what the newcomer served on its cells.
    """

    requests: np.ndarray
    throttle: np.ndarray
    stopped: dict[Cause, np.ndarray]
    newcomer: np.ndarray
    in_scope: int
    matched: int
    served: int
    rendered: int
    filtered: int
    net: np.ndarray
    cap: tuple[int, float] | None
    by_cell: np.ndarray
    newcomer_took: float


def happen(market: Market, happened: Sequence[faults.Fault], rng: np.random.Generator) -> Logs:
    """Run the truth with these faults and write down what is seen."""
    truth = _hourly(market, happened)
    broken = any(isinstance(fault, faults.Mispaced) for fault in happened)
    throttles = np.zeros((DAYS * HOURS, len(truth.names)))
    expected = np.cumsum(simulator.simulate(market.planned).counted[:, 0])

    def pace(step: int, delivered: np.ndarray) -> np.ndarray:
        """The focus flight reacts to being behind once a day's worth is expected; a broken controller does not."""
        wanted = np.interp(step / HOURS, np.arange(DAYS + 1), [0, *expected])
        behind = (wanted - delivered[0]) / wanted if step >= HOURS and not broken else 0.0
        factor = np.ones(len(delivered))
        factor[0] = np.clip(1 + GAIN * behind, 0, 1 / PLANNED_THROTTLE)
        throttles[step] = factor * truth.throttle[step]
        return factor

    recorded = dataclasses.replace(truth, requests=rng.poisson(truth.requests).astype(float), recorded=True)
    run = simulator.simulate(recorded, rng=rng, controller=pace)
    return _written(market, happened, recorded, run, throttles, rng)


def _hourly(market: Market, happened: Sequence[faults.Fault]) -> simulator.World:
    hourly = {name: np.repeat(getattr(market.planned, name), HOURS, axis=0) for name in ("live", "throttle")}
    truth = dataclasses.replace(market.planned, requests=market.requests, **hourly)
    for fault in happened:
        truth = fault.on(truth)
    return truth


def _written(
    market: Market,
    happened: Sequence[faults.Fault],
    truth: simulator.World,
    run: simulator.Run,
    throttles: np.ndarray,
    rng: np.random.Generator,
) -> Logs:
    requests = rng.binomial(truth.requests.astype(np.int64), SAMPLED).reshape(DAYS, HOURS, -1).sum(1)
    own = truth.edges.flight == 0
    match = float(np.mean(truth.edges.match[own]))
    in_scope = int(requests[:, market.scope].sum())
    served, by_cause = int(run.served[:, 0].sum()), {type(fault): fault for fault in happened}
    net = run.counted[:, 0].reshape(DAYS, HOURS).sum(1)
    rendered = _rendered(happened, served, int(net.sum()), rng)
    return Logs(
        requests / SAMPLED,
        throttles[:, 0].reshape(DAYS, HOURS).mean(1),
        {f.cause: f.share.reshape(DAYS, HOURS).mean(1) for f in happened if isinstance(f, faults.Stopped)},
        truth.live[:, -1].reshape(DAYS, HOURS).mean(1),
        in_scope,
        int(rng.binomial(in_scope, match)),
        served,
        rendered,
        rendered - int(net.sum()),
        net,
        _cap(by_cause.get(faults.Capped), rng),
        run.edges[own],
        _newcomer(market, truth, run),
    )


def _rendered(happened: Sequence[faults.Fault], served: int, net: int, rng: np.random.Generator) -> int:
    """How many of the served rendered: what did not count was either not rendered or, rendered, filtered as invalid."""
    rates = {fault.cause: fault.share for fault in happened if isinstance(fault, faults.Uncounted)}
    shown = RENDERED * (1 - rates.get(Cause.RENDER_LOSS, 0.0))
    dropped = (1 - shown) / (1 - shown * (1 - rates.get(Cause.INVALID_TRAFFIC, 0.0)))
    return served - int(rng.binomial(served - net, dropped))


def _newcomer(market: Market, truth: simulator.World, run: simulator.Run) -> float:
    """Impressions of the newcomer on the focus flight's cells."""
    rival = truth.edges.flight == len(truth.names) - 1
    cells = np.searchsorted(truth.edges.first, np.flatnonzero(rival), side="right") - 1
    return float(run.edges[rival][np.isin(cells, market.scope)].sum())


def _cap(fault: faults.Capped | None, rng: np.random.Generator) -> tuple[int, float] | None:
    """The cap as set, with requests a person estimated from a few hundred people who are not quite as assumed."""
    if fault is None:
        return None
    return fault.cap, float(rng.geometric(1 / fault.rate, PEOPLE).mean() * np.exp(rng.normal(0, SHAPE_ERROR)))

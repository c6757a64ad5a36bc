"""From logs to faults as measured: what happened, as far as the plan and the logs can say."""

import numpy as np

from bench.planted.logs import Logs
from bench.planted.market import FOCUS, PLANNED_THROTTLE, RENDERED, RIVAL, Market
from makegood.engine.causes import Cause
from makegood.engine.diagnosis import FlightFacts
from makegood.engine.money import Money
from makegood.engine.simulator import faults


def happened(market: Market, logs: Logs) -> list[faults.Fault]:
    """Faults for a replay in the planned daily world."""
    planned = market.planned.requests
    factor = np.divide(logs.requests, planned, out=np.ones_like(planned), where=planned >= 1)
    found: list[faults.Fault] = [
        faults.Traffic(factor),
        faults.Mispaced(FOCUS, logs.throttle / PLANNED_THROTTLE),
        faults.Narrower(FOCUS, narrowing(market, logs)),
        *(faults.Stopped(FOCUS, share, cause) for cause, share in logs.stopped.items()),
        *(faults.Uncounted(FOCUS, share, cause) for cause, share in uncounted(logs).items()),
    ]
    if logs.newcomer.any():
        found.append(faults.Competing(RIVAL, logs.newcomer))
    if logs.cap:
        found.append(faults.Capped(FOCUS, *logs.cap))
    return found


def narrowing(market: Market, logs: Logs) -> float:
    """Matched part of the sampled requests in scope against the planned part."""
    edges = market.planned.edges
    planned = float(edges.match[edges.flight == 0].mean())
    return min(1 / planned, logs.matched / max(1, logs.in_scope) / planned)


def uncounted(logs: Logs) -> dict[Cause, float]:
    """Shares not rendered beyond what was planned, and filtered as invalid."""
    lost = 1 - logs.rendered / max(1, logs.served) / RENDERED
    return {Cause.RENDER_LOSS: max(0.0, lost), Cause.INVALID_TRAFFIC: logs.filtered / max(1, logs.rendered)}


def facts(market: Market, logs: Logs, expected: np.ndarray, value: Money) -> FlightFacts:
    """The same as daily facts of the flight alone: no cells, no terms of rivals, the newcomer's part of requests."""
    days, scope = len(expected), market.scope
    shares = uncounted(logs) | {Cause.NARROWER: max(0.0, 1 - narrowing(market, logs))}
    shares[Cause.CONTENTION] = min(1.0, logs.newcomer_took / max(1.0, logs.requests[:, scope].sum()))
    if logs.cap:
        shares[Cause.FREQUENCY_CAP] = _capped(market, logs)
    return FlightFacts(
        FOCUS,
        round(expected.sum()),
        value,
        expected,
        logs.net,
        market.planned.requests[:, scope].sum(1),
        logs.requests[:, scope].sum(1),
        logs.stopped,
        {cause: np.full(days, share) for cause, share in shares.items()},
    )


def _capped(market: Market, logs: Logs) -> float:
    """Part of the wins a cap turns away, by the reach curve at the flight's planned chance."""
    cap, rate = logs.cap or (1, 1.0)
    terms = market.planned.flights
    more = max(0.0, rate - 1) * min(1.0, terms.level[0] * PLANNED_THROTTLE)
    return (more / (1 + more)) ** cap

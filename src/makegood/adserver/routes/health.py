"""/health and /metrics: what an operator and a load balancer need to know of this process.

Reads only.
"""

from __future__ import annotations

import datetime as dt
import os

from makegood.adserver.http import TEXT, Request, Response, json_response
from makegood.adserver.state import Answer, State


def health(state: State, request: Request) -> Answer:
    """Answer 200 with the plan being served; 503 while events cannot be written. A broken new plan stays 200."""
    live, journal = state.plans.current, state.journal
    body = {
        "status": "shedding" if journal.fault else "degraded" if state.plans.error else "ok",
        "plan_id": live.plan.plan_id,
        "version": live.plan.version,
        "made_at": live.plan.made_at,
        "loaded_at": dt.datetime.fromtimestamp(live.loaded_at_ms / 1000, dt.UTC).isoformat(),
        "error": state.plans.error or None,
        "event_log_error": journal.fault or None,
        "flights": len(live.flights),
        "process": os.getpid(),
    }
    return Answer(json_response(503 if journal.fault else 200, body))


def metrics(state: State, request: Request) -> Answer:
    """Answer the counters of this one process."""
    journal = state.journal
    text = state.metrics.text(
        (
            ("makegood_journal_batches_total", journal.batches),
            ("makegood_journal_lines_total", journal.lines),
            ("makegood_journal_faulty", bool(journal.fault)),
            ("makegood_plan_version", state.plans.current.plan.version),
            ("makegood_connections", state.metrics.connections),
            ("makegood_straight_total", state.metrics.straight),
        )
    )
    return Answer(Response(200, text.encode(), TEXT))

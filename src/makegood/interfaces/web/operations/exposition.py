"""Counting in Prometheus' text format. Values only."""

import datetime
from collections.abc import Iterable

from makegood.delivery.queries.health import Health

Sample = tuple[str, float]


def text(seen: Health) -> str:
    """Every figure with its help and type."""
    last = seen.last_run.timestamp() if seen.last_run else 0.0
    events = [(f'outcome="{name}"', total) for name, total in (("read", seen.totals.get("read", 0)), ("accepted", seen.totals.get("accepted", 0)))]
    figures: list[tuple[str, str, str, Iterable[Sample]]] = [
        ("makegood_counting_waiting_bytes", "gauge", "Bytes of the event log not counted yet.", [("", seen.waiting_bytes)]),
        ("makegood_counting_waiting_segments", "gauge", "Segments with bytes not counted yet.", [("", seen.waiting_segments)]),
        ("makegood_counting_behind_seconds", "gauge", "Age of the oldest segment with bytes not counted yet.", [("", _seconds(seen.behind))]),
        ("makegood_counting_last_run_timestamp_seconds", "gauge", "When events were last counted.", [("", last)]),
        ("makegood_counted_events_total", "counter", "Events read, and units accepted.", events),
        ("makegood_filtered_units_total", "counter", "Units filtered by reason.", _by("reason", seen.of("filtered"))),
        ("makegood_refused_events_total", "counter", "Forged and expired beacons in the log by reason.", _by("reason", seen.of("refused"))),
        ("makegood_apart_events_total", "counter", "Events in no count by reason: too late, or a clock ahead.", _by("reason", seen.of("apart"))),
        ("makegood_published_plan_version", "gauge", "The newest plan published to the ad servers.", [("", seen.published)]),
    ]
    lines = []
    for name, kind, words, samples in figures:
        lines += [f"# HELP {name} {words}", f"# TYPE {name} {kind}"]
        lines += [f"{name}{{{label}}} {value:g}" if label else f"{name} {value:.17g}" for label, value in samples]
    return "\n".join(lines) + "\n"


def _by(label: str, values: dict[str, int]) -> list[Sample]:
    return [(f'{label}="{name}"', total) for name, total in sorted(values.items())]


def _seconds(span: datetime.timedelta) -> float:
    return max(0.0, span.total_seconds())

"""Counters of one server process in Prometheus' text format.

Counting only; what the numbers mean is told by each one's help text.
"""

from __future__ import annotations

import collections
from collections.abc import Iterable

_HELP = {
    "makegood_responses_total": ("counter", "Responses by route and status."),
    "makegood_events_total": ("counter", "Events accepted for the log by kind."),
    "makegood_straight_total": ("counter", "Ad requests answered by compiled code alone, on the straight path."),
    "makegood_refused_total": ("counter", "Beacons and clicks refused by reason; never billed."),
    "makegood_plan_reloads_total": ("counter", "Attempts to load a changed plan by result."),
    "makegood_journal_batches_total": ("counter", "Group commits made durable."),
    "makegood_journal_lines_total": ("counter", "Events made durable."),
    "makegood_journal_faulty": ("gauge", "1 while the event log cannot be written."),
    "makegood_plan_version": ("gauge", "Version of the plan being served."),
    "makegood_connections": ("gauge", "Open connections."),
}


class Metrics:
    """Counters by name and one label."""

    def __init__(self) -> None:
        self.connections = self.straight = 0
        self._counts: collections.Counter[tuple[str, tuple[tuple[str, str], ...]]] = collections.Counter()
        self.responses: collections.defaultdict[tuple[str, int], int] = collections.defaultdict(int)
        """Responses by route and status; added to directly, as are `events` by the kinds that were logged together."""
        self.events: collections.defaultdict[tuple[str, ...], int] = collections.defaultdict(int)

    def count(self, name: str, **labels: str) -> None:
        """Add one to a counter."""
        self._counts[name, tuple(labels.items())] += 1

    def text(self, gauges: Iterable[tuple[str, float]]) -> str:
        """Return the exposition text; `gauges` are values read at this moment."""
        rows = [(name, labels, float(value)) for (name, labels), value in self._counts.items()]
        rows += [
            ("makegood_responses_total", (("route", route), ("status", str(status))), float(value))
            for (route, status), value in self.responses.items()
        ]
        kinds: collections.Counter[str] = collections.Counter()
        for together, value in self.events.items():
            for kind in together:
                kinds[kind] += value
        rows += [("makegood_events_total", (("kind", kind),), float(value)) for kind, value in kinds.items()]
        rows += [(name, (), value) for name, value in gauges]
        lines = []
        for name, (kind, explanation) in _HELP.items():
            lines += [f"# HELP {name} {explanation}", f"# TYPE {name} {kind}"]
            for _, labels, found in sorted(row for row in rows if row[0] == name):
                inside = ",".join(f'{key}="{text}"' for key, text in labels)
                lines.append(f"{name}{{{inside}}} {found:g}" if inside else f"{name} {found:g}")
        return "\n".join(lines) + "\n"

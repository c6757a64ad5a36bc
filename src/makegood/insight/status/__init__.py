"""The leadership status composed from records: money by state, figures, promises, roadblocks, wins. Reads only."""

from makegood.insight.status.whole import Status, compose

__all__ = ["Status", "compose"]

"""How a running ad server says it is: its /health and /metrics read over HTTP, as frozen values."""

from makegood.connectors.adserving.status import Status, status

__all__ = ["Status", "status"]

"""What a server process is told when it starts.

Only values live here; reading the command line is `__main__`.
"""

from __future__ import annotations

import dataclasses
import pathlib

from makegood.adserver.open_segment import Roll
from makegood.adserver.reading import Limits


@dataclasses.dataclass(frozen=True, slots=True)
class Settings:
    """Paths, addresses and the switches a seller decides. Restart to change them; the plan reloads by itself."""

    plan: pathlib.Path
    events: pathlib.Path
    assets: pathlib.Path
    keys: pathlib.Path
    host: str = "127.0.0.1"
    port: int = 8100
    public_url: str = ""
    """How browsers reach this server, without a trailing slash; empty: http://HOST:PORT."""
    app_origin: str = ""
    """Origin that may frame previews (the application's), such as http://127.0.0.1:8000; empty: nobody."""
    bots: pathlib.Path | None = None
    """The seller's own copy of an industry list, used besides the small one shipped: one lower-case substring a line."""
    datacentres: pathlib.Path | None = None
    """The seller's list of data-centre networks, one CIDR a line."""
    tcf_vendor: int = 0
    """The seller's id on the IAB's Global Vendor List, which consent strings must name; 0: a publisher itself."""
    trust_forwarded: bool = False
    """Take the client's address from the last X-Forwarded-For entry: only behind a proxy of the seller's own."""
    served_waits: bool = False
    """Answer an ad request only after its events are on disk. Off: once they are written; beacons and clicks always wait."""
    clock_ms: int | None = None
    """What the time is at the start, in milliseconds since 1970 UTC, when it is not now: trials of another time."""
    event_ttl_s: int = 24 * 3600
    stop_within_s: float = 5.0
    processes: int = 1
    limits: Limits = dataclasses.field(default_factory=Limits)
    roll: Roll = dataclasses.field(default_factory=Roll)

"""Who asked, as coarsely as billing and filtering need: network, declared robots, data centres, prefetch, device.

Flags only; whether a flagged event counts is decided when events are read into facts.
"""

from __future__ import annotations

import bisect
import functools
import importlib.resources
import ipaddress
import pathlib

from makegood.adserver.events import Source
from makegood.adserver.http import Request
from makegood.adserver.senders import Senders

_PREFETCH_HEADERS = ("sec-purpose", "purpose", "x-moz")
_TV = ("smart-tv", "smarttv", "appletv", "apple tv", "googletv", "hbbtv", "roku", "crkey", "aftt")


class Sources:
    """Looks a request up in the robot and data-centre lists."""

    def __init__(
        self, bots: tuple[str, ...], networks: tuple[str, ...], trust_forwarded: bool, senders: Senders | None = None
    ) -> None:
        """Raise ValueError naming the line when a network is not CIDR. Without `senders` nobody is numbered."""
        self._bots, self._trust_forwarded, self._senders = bots, trust_forwarded, senders
        ranges = sorted((int(n[0]), int(n[-1]), n.version) for n in map(ipaddress.ip_network, networks))
        self._ranges = {version: [(low, high) for low, high, v in ranges if v == version] for version in (4, 6)}
        self._bot = functools.lru_cache(8192)(self._find_bot)
        self._network = functools.lru_cache(65536)(self._find_network)

    def of(self, request: Request) -> Source:
        """Return what is known of the sender."""
        address, agent = self._address(request), request.headers.get("user-agent", "")
        network, datacentre = self._network(address)
        prefetch = any("prefetch" in request.headers.get(name, "") for name in _PREFETCH_HEADERS)
        sender = self._senders.of(address, agent) if self._senders else 0
        return Source(network, self._bot(agent), datacentre, prefetch, sender, agent)

    def _address(self, request: Request) -> str:
        if self._trust_forwarded and (forwarded := request.headers.get("x-forwarded-for")):
            return forwarded.rpartition(",")[2].strip()
        return request.peer

    def _find_bot(self, agent: str) -> str:
        if not agent:
            return "no-user-agent"
        lower = agent.lower()
        return next((bot for bot in self._bots if bot in lower), "")

    def _find_network(self, text: str) -> tuple[str, bool]:
        try:
            address = ipaddress.ip_address(text)
        except ValueError:
            return "", False
        if mapped := getattr(address, "ipv4_mapped", None):
            address = mapped
        prefix = 24 if address.version == 4 else 48
        network = ipaddress.ip_network((address, prefix), strict=False)
        ranges = self._ranges[address.version]
        at = bisect.bisect_right(ranges, (int(address), 1 << 129)) - 1
        # Nested ranges: an earlier, wider one may still hold the address, so a few are looked at.
        inside = any(low <= int(address) <= high for low, high in ranges[max(0, at - 8) : at + 1])
        return str(network), inside


@functools.lru_cache(8192)
def device_of(agent: str) -> str:
    """Return desktop, mobile, tablet, tv or unknown, from the user agent's own words."""
    lower = agent.lower()
    if not lower:
        return "unknown"
    if any(word in lower for word in _TV):
        return "tv"
    if "ipad" in lower or "tablet" in lower or ("android" in lower and "mobile" not in lower):
        return "tablet"
    return "mobile" if "mobi" in lower or "iphone" in lower else "desktop"


def load(
    bots: pathlib.Path | None, datacentres: pathlib.Path | None, trust_forwarded: bool, senders: Senders | None = None
) -> Sources:
    """Read the shipped and the seller's lists; raises OSError or ValueError naming what cannot be read."""
    own = importlib.resources.files("makegood.adserver").joinpath("data/bots.txt").read_text()
    texts = own + ("\n" + bots.read_text() if bots else "")
    networks = _entries(datacentres.read_text()) if datacentres else ()
    return Sources(tuple(entry.lower() for entry in _entries(texts)), networks, trust_forwarded, senders)


def _entries(text: str) -> tuple[str, ...]:
    return tuple(entry for line in text.splitlines() if (entry := line.partition("#")[0].strip()))

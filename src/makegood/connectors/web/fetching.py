"""Fetching an address: each step of a chain of redirects is taken apart, looked up and checked anew."""

import dataclasses
import time
from collections.abc import Mapping
from urllib.parse import urljoin

from makegood.connectors.web import names, wire
from makegood.connectors.web.addresses import Barred, Limits, target

MOVED = (301, 302, 303, 307, 308)
USUAL = Limits()


class Unanswered(Exception):
    """An allowed address that gave nothing usable; `chain` are the addresses asked so far."""

    def __init__(self, reason: str, chain: tuple[str, ...]) -> None:
        super().__init__(f"{chain[-1]}: {reason}")
        self.reason, self.chain = reason, chain


@dataclasses.dataclass(frozen=True)
class Fetched:
    """What came back. `chain` are the addresses asked, the given one first; `headers` are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    chain: tuple[str, ...]

    @property
    def url(self) -> str:
        """Where the answer came from."""
        return self.chain[-1]

    @property
    def media_type(self) -> str:
        """The type without its parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


def fetch(
    url: str, *, limits: Limits = USUAL, ask: names.Resolve = names.resolve, headers: Mapping[str, str] | None = None,
    follow: bool = True,
) -> Fetched:  # fmt: skip
    """GET `url`, its redirects followed (unless `follow` is off) within one limit of time.

    Raises Barred for an address, at any step, that may not be fetched; Unanswered for a dead, slow, huge or endless one.
    """
    chain: list[str] = []
    until = time.monotonic() + limits.within_s
    while True:
        wanted = target(url, limits)
        chain.append(wanted.url)
        try:
            left = until - time.monotonic()
            if left <= 0:
                raise TimeoutError(f"it took longer than {limits.within_s:g} s")
            machine = names.machine(wanted, limits, ask)
            status, said, body = wire.exchange(wanted, machine, within_s=left, most_bytes=limits.most_bytes, headers=headers or {})
        except (OSError, UnicodeError) as fault:
            raise Unanswered(_words(fault), tuple(chain)) from fault
        if not follow or status not in MOVED or "location" not in said:
            return Fetched(status, said, body, tuple(chain))
        if len(chain) > limits.redirects:
            raise Unanswered(f"it leads on more than {limits.redirects} times", tuple(chain))
        url = _next(wanted.url, said["location"])


def _next(at: str, location: str) -> str:
    try:
        return urljoin(at, location)
    except ValueError as wrong:
        raise Barred(f"it leads to no web address ({wrong})", location) from wrong


def _words(fault: Exception) -> str:
    return str(getattr(fault, "strerror", None) or fault or type(fault).__name__)

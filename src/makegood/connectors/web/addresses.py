"""Which web addresses may be fetched: how they are written, and which machine they mean.

An address is refused as written before any name is looked up, and as found before anything is connected to.
"""

import dataclasses
import ipaddress
import re
from urllib.parse import quote, urlsplit

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

LONGEST = 2000
UNSAFE = re.compile(r"[\x00-\x20\x7f\\]")
NUMBER = re.compile(r"(?:0x[0-9a-f]*|[0-9]+)", re.IGNORECASE)
LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)", re.IGNORECASE)
AS_IT_IS = "%:/?#[]@!$&'()*+,;=~"
SPECIAL = tuple(
    map(
        ipaddress.ip_network,
        (
            "168.63.129.16/32",  # Azure answers every machine's metadata here, a public number
            "192.88.99.0/24", "2001::/32", "2001:10::/28", "2001:20::/28", "64:ff9b:1::/48", "fec0::/10", "5f00::/16",
        ),
    )
)  # fmt: skip
"""Beyond what the IANA registries in `ipaddress` call not global."""
EMBEDDING = (("64:ff9b::/96", 0), ("::/96", 0), ("2002::/16", 80))
"""IPv6 networks that carry an IPv4 address, and by how many bits it is shifted (RFC 6052, 4291, 3056)."""


class Barred(Exception):
    """An address that is never fetched; `where` is the address, `remedy` what to give instead."""

    def __init__(self, reason: str, where: str, remedy: str = "Give a public https:// address.") -> None:
        super().__init__(f"{where[:200]!r}: {reason}. {remedy}")
        self.reason, self.where, self.remedy = reason, where[:200], remedy


@dataclasses.dataclass(frozen=True)
class Limits:
    """What one fetch may cost and where it may go. `also` are networks of the seller's own that may be fetched besides."""

    ports: frozenset[int] = frozenset({80, 443})
    schemes: frozenset[str] = frozenset({"https", "http"})
    also: tuple[Network, ...] = ()
    most_bytes: int = 2 << 20
    within_s: float = 10.0
    redirects: int = 5


@dataclasses.dataclass(frozen=True)
class Target:
    """An address taken apart: what is asked of which host. `url` is its plain form, without a fragment."""

    url: str
    scheme: str
    host: str
    port: int
    path: str


def target(url: str, limits: Limits) -> Target:
    """`url` taken apart. Raises Barred for anything but a plain web address of an allowed scheme and port."""
    if len(url) > LONGEST or UNSAFE.search(url):
        raise Barred("it is too long or holds blanks, control signs or a backslash", url)
    try:
        parts = urlsplit(url)
        port = parts.port or {"https": 443, "http": 80}.get(parts.scheme, 0)
    except ValueError as wrong:
        raise Barred(f"it is no web address ({wrong})", url) from wrong
    if parts.scheme not in limits.schemes:
        raise Barred(f"{parts.scheme or 'no scheme'} is not fetched", url)
    if "@" in parts.netloc or not parts.hostname:
        raise Barred("it names no host, or a user beside it", url, "Leave out user and password.")
    if port not in limits.ports:
        raise Barred(f"port {port} is not fetched", url, "Use the usual port of https.")
    host = _host(parts.hostname, url)
    path = quote(parts.path or "/", safe=AS_IT_IS) + (f"?{quote(parts.query, safe=AS_IT_IS)}" if parts.query else "")
    shown = f"[{host}]" if ":" in host else host
    usual = port == {"https": 443, "http": 80}[parts.scheme]
    return Target(f"{parts.scheme}://{shown}{'' if usual else f':{port}'}{path}", parts.scheme, host, port, path)


def public(address: Address, limits: Limits) -> bool:
    """Whether a machine of that number is on the public internet, or in a network the seller allows."""
    if any(address in network for network in limits.also):
        return True
    if isinstance(address, ipaddress.IPv6Address):
        inner = _inside(address)
        if inner is not None:
            return public(inner, limits)
    special = any(address in network for network in SPECIAL)
    return address.is_global and not (special or address.is_multicast or address.is_reserved or address.is_unspecified)


def _inside(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The IPv4 machine an IPv6 number stands for."""
    if address.ipv4_mapped:
        return address.ipv4_mapped
    for network, shift in EMBEDDING:
        if address in ipaddress.ip_network(network):
            return ipaddress.IPv4Address(int(address) >> shift & 0xFFFFFFFF)
    return None


def _host(written: str, url: str) -> str:
    """The host as looked up: a number in its usual form, or a name in ASCII with a letter in its last label."""
    if ":" in written:
        if "%" in written:
            raise Barred("it names a network card", url)
        return _number(written, url)
    try:
        name = written.encode("idna").decode() if not written.isascii() else written
    except UnicodeError as wrong:
        raise Barred("its host is no name", url) from wrong
    labels = name.removesuffix(".").lower().split(".")
    if NUMBER.fullmatch(labels[-1]):
        return _number(name, url)
    if len(labels) < 2 or len(name) > 253 or not all(LABEL.fullmatch(label) for label in labels):
        raise Barred("its host is no public name", url)
    return ".".join(labels)


def _number(name: str, url: str) -> str:
    try:
        return str(ipaddress.ip_address(name))
    except ValueError as wrong:
        raise Barred("its host is a number in an unusual form", url, "Give the host by its name.") from wrong

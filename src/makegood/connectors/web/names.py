"""From a host's name to the machines it means: looked up once, all of them checked, the checked one connected to.

A name that means one machine when checked and another when connected to (rebinding) has no second moment here.
"""

import ipaddress
import socket
import threading
from collections.abc import Callable

from makegood.connectors.web.addresses import Address, Barred, Limits, Target, public

WITHIN_S = 5.0
Resolve = Callable[[str], list[str]]
"""A host's addresses as text; raises OSError when the name is not known."""


def resolve(host: str) -> list[str]:
    """Ask the system, which may think for minutes about a name whose servers are silent: not longer than WITHIN_S."""
    found: list[str] = []
    fault: list[OSError] = []

    def ask() -> None:
        try:
            entries = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
            found.extend(dict.fromkeys(str(entry[4][0]) for entry in entries))
        except OSError as error:
            fault.append(error)

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(WITHIN_S)
    if fault:
        raise fault[0]
    if asking.is_alive():
        raise TimeoutError(f"the name {host} was not found within {WITHIN_S:g} s")
    return found


def machine(wanted: Target, limits: Limits, ask: Resolve) -> str:
    """The number to connect to. Raises Barred when any machine of that name is not public, OSError when there is none."""
    literal = _literal(wanted.host)
    found = [literal] if literal else [ipaddress.ip_address(text.partition("%")[0]) for text in ask(wanted.host)]
    if not found:
        raise OSError(f"{wanted.host} has no address")
    for address in found:
        if not public(address, limits):
            raise Barred(f"{wanted.host} is not on the public internet", wanted.url)
    return str(found[0])


def _literal(host: str) -> Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None

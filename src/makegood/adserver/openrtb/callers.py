"""Who may ask in OpenRTB: bids tell what campaigns are sold for, so a caller needs a token the seller gave it.

A token is signed with the server's own keys; it ends when the key it was signed with is dropped.
"""

from __future__ import annotations

import re

from makegood.adserver.http import Request
from makegood.adserver.keys import Keys

NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


def token(keys: Keys, name: str) -> str:
    """Return a caller's token; raises ValueError for a name that is not 1 to 40 small letters, digits and hyphens."""
    if not NAME.fullmatch(name):
        raise ValueError(f"caller: {name!r}; use small letters, digits and hyphens, 40 at most")
    payload = f"{keys.current}~{name}"
    return f"{payload}~{keys.sign(f'caller~{payload}'.encode())}"


def name_of(keys: Keys, request: Request) -> str:
    """Return the name in a request's token (`?caller=` or `Authorization: Bearer`), "" when it has none of ours."""
    bearer = request.headers.get("authorization", "")
    given = request.query().get("caller", "") or (bearer[7:] if bearer[:7].lower() == "bearer " else "")
    payload, _, signature = given.rpartition("~")
    key_id, _, name = payload.partition("~")
    known = key_id in keys and keys.matches(f"caller~{payload}".encode("utf-8", "replace"), signature, key_id)
    return name if known else ""

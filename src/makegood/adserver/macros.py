"""Macros in third parties' URLs that we fill ourselves where no player does: cache busting, the time, the click.

The names are VAST 4's (square brackets) and the older ones ad servers still write; VAST documents keep theirs for the player.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from urllib.parse import quote

CLICK = "[MG_CLICK]"
_CACHE = r"CACHEBUST(?:ING|ER)|RANDOM"
_KNOWN = re.compile(rf"\[({_CACHE}|TIMESTAMP)\]|%%({_CACHE}|TIMESTAMP)%%|\$\{{({_CACHE}|TIMESTAMP)\}}", re.IGNORECASE)


def filled(urls: Iterable[str], now_ms: int, unique: int) -> list[str]:
    """Return `urls` with `[CACHEBUSTING]` as eight digits made of `unique` and `[TIMESTAMP]` as ISO 8601 with milliseconds.

    Source: IAB Tech Lab, VAST 4 macros, section "Generic macros".
    """
    return [_KNOWN.sub(lambda found: _value(found, now_ms, unique), url) for url in urls]


def has_any(url: str) -> bool:
    """Tell whether `filled` would change a URL."""
    return _KNOWN.search(url) is not None


def _value(found: re.Match[str], now_ms: int, unique: int) -> str:
    name = next(group for group in found.groups() if group).upper()
    if name != "TIMESTAMP":
        return f"{unique % 90_000_000 + 10_000_000}"
    moment = dt.datetime.fromtimestamp(now_ms / 1000, dt.UTC)
    return quote(moment.isoformat(timespec="milliseconds"), safe="")


def heard(state: str | None) -> bool:
    """Tell whether what a player put in place of [PLAYERSTATE] (IAB Tech Lab, VAST 4.1 macros) says that it is not muted.

    None when nobody was asked. Left as it is, "-1" and "-2" mean that the player does not know or does not tell.
    """
    return state is None or not (state.startswith(("[", "-")) or "muted" in state.lower().split(","))


def filled_click(url: str, token: str) -> str:
    """Return a landing page's URL with the click's token where its advertiser wants it."""
    return url.replace(CLICK, token)


def error_code(text: str) -> str:
    """Return a VAST error code as reported (three digits), "" for anything else."""
    return text if re.fullmatch(r"[1-9][0-9]{2}", text) else ""

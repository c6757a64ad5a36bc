"""Our server as it is, or with one of its duties left out to see what that duty costs: `... -- --without signing`.

Only the bench starts this; what is left out is named in its result.
"""
import sys
from typing import Any

import numba

from makegood.adserver import __main__, keys, signing
from makegood.adserver.committing import Committing
from makegood.adserver.straight import desk, macs
from makegood.adserver.turns.room import Room


@numba.cfunc("int64(int64, int64, int64, int64)")  # type: ignore[untyped-decorator]
def all_well(a: int, b: int, c: int, d: int) -> int:
    """What a MAC's calls say when they went well."""
    return 1


@numba.cfunc("int64(int64, int64, int64, int64)")  # type: ignore[untyped-decorator]
def all_written(handle: int, text: int, length: int, unused: int) -> int:
    """What write(2) says when it took everything."""
    return length


class Unsigned:
    """A MAC that is never made."""

    mac, calls = 0, (all_well.address,) * 3


def without_signing() -> None:
    """Every token carries the same tag."""
    tags = "A" * keys.TAGS * keys.TAG_LENGTH
    signing.Keys.tags = lambda self, message, key_id=None: tags  # type: ignore[method-assign]
    macs.of = lambda key: Unsigned()


def without_appending() -> None:
    """Events are made, gathered and thrown away where they would be written."""
    Committing.write = lambda self, data, lines, durable, opened: ""  # type: ignore[method-assign]
    made = Room.__init__

    def throwing_away(self: Room, *given: Any) -> None:
        made(self, *given)
        self.desk[desk.WRITE] = all_written.address

    Room.__init__ = throwing_away  # type: ignore[method-assign]


if __name__ == "__main__":
    if sys.argv[1] != "nothing":
        {"signing": without_signing, "appending": without_appending}[sys.argv[1]]()
    del sys.argv[1]
    sys.exit(__main__.main())

"""Our server as it is, or with one of its duties left out to see what that duty costs: `... -- --without signing`.

Only the bench starts this; what is left out is named in its result.
"""
import sys

from makegood.adserver import __main__, keys, signing
from makegood.adserver.committing import Committing


def without_signing() -> None:
    """Every token carries the same tag."""
    tags = "A" * keys.TAGS * keys.TAG_LENGTH
    signing.Keys.tags = lambda self, message, key_id=None: tags  # type: ignore[method-assign]


def without_appending() -> None:
    """Events are made, gathered and thrown away where they would be written."""
    Committing.write = lambda self, data, lines, durable, opened: ""  # type: ignore[method-assign]


if __name__ == "__main__":
    if sys.argv[1] != "nothing":
        {"signing": without_signing, "appending": without_appending}[sys.argv[1]]()
    del sys.argv[1]
    sys.exit(__main__.main())

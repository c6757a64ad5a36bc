"""A web process that has loaded what it will keep. What it then keeps is no longer searched for garbage."""

import gc

from django.urls import get_resolver


def down() -> None:
    """Load every page's code, then set all that is loaded apart.

    Collecting everything walks some 350,000 objects that live as long as the process, for 0.2 to 0.4 s, within whichever
    request happens to be asked then.
    """
    get_resolver().url_patterns  # noqa: B018 - reading it imports the pages
    gc.collect()
    gc.freeze()

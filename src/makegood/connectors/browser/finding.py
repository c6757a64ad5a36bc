"""Which browser runs foreign code on this machine, and what to install when there is none."""

import importlib.util
import os
import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
INSTALL = "install a browser (Debian: apt-get install chromium) or name one in MAKEGOOD_BROWSER"
DRIVER = "install its driver: pip install 'makegood[browser]'"


class NoBrowser(Exception):
    """Foreign code cannot be run here; the message is the remedy."""


def executable() -> str:
    """Path of the browser. Raises NoBrowser. MAKEGOOD_BROWSER names one, or with "none" forbids all."""
    named = os.environ.get("MAKEGOOD_BROWSER", "")
    found = shutil.which(named) if named else next(filter(None, map(shutil.which, NAMES)), None)
    if not found:
        raise NoBrowser(INSTALL)
    return found


def missing() -> str:
    """The remedy for what is missing to run foreign code, "" when all of it is here."""
    try:
        executable()
    except NoBrowser as none:
        return str(none)
    return "" if importlib.util.find_spec("playwright") else DRIVER

"""A real browser for journeys: an installed chromium, else Playwright's own, else apt when root may, else one line to run.

Where there is its headless shell, pages are looked at in that: the same engine without a window's frame to draw takes half the processor.
"""

import contextlib
import functools
import os
import pathlib
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence

import pytest
from playwright.sync_api import Browser, sync_playwright

ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SHELL = "chromium-headless-shell"
HELP = "No browser for the journeys. As root run: apt-get update && apt-get install -y chromium chromium-headless-shell"


class NoBrowser(Exception):
    """Nothing found; the message is the line to run."""


@functools.cache
def executable() -> str:
    """Path of a browser. Raises NoBrowser. MAKEGOOD_BROWSER names one; MAKEGOOD_NO_INSTALL=1 forbids installing."""
    if named := os.environ.get("MAKEGOOD_BROWSER"):
        return named
    return _installed() or _own() or _by_apt("chromium", SHELL) or _none()


@functools.cache
def shell() -> str:
    """Path of what shows pages without a window: the headless shell, else the browser. Raises NoBrowser."""
    return (not os.environ.get("MAKEGOOD_BROWSER") and shutil.which(SHELL)) or executable()


def _installed() -> str:
    return next((path for name in NAMES if (path := shutil.which(name))), "")


def _own() -> str:
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if pathlib.Path(path).exists() else ""


def _by_apt(*packages: str) -> str:
    if os.geteuid() != 0 or not shutil.which("apt-get") or os.environ.get("MAKEGOOD_NO_INSTALL"):
        return ""
    for command in (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", *packages]):
        if subprocess.run(command, check=False, capture_output=True, timeout=600).returncode:
            return ""
    return _installed()


def _none() -> str:
    raise NoBrowser(HELP)


@contextlib.contextmanager
def browser() -> Iterator[Browser]:
    """A headless browser for the length of the block."""
    path = shell()
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        try:
            yield found
        finally:
            found.close()


UNDER_WAY = ("htmx:afterRequest", "htmx:sendError", "htmx:sendAbort")


def faults(console: Sequence[str]) -> list[str]:
    """Errors of a console without htmx's of requests under way when the page was left or a later one took their place; of one that failed the browser itself says so too."""
    return [line for line in console if not any(known in line for known in UNDER_WAY)]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all journeys of a run; the front end is built when it is not."""
    from makegood.interfaces.web import build

    build.build()
    with browser() as found:
        yield found


if __name__ == "__main__":
    try:
        executable()
        if not shutil.which(SHELL):
            _by_apt(SHELL)
        print(f"Journeys use {shell()}")
    except NoBrowser as error:
        sys.exit(str(error))

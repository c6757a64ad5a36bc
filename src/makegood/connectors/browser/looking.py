"""A page from outside looked at in the jail: what a person with a phone sees of it."""

import pathlib
from collections.abc import Mapping
from typing import Any

from playwright.sync_api import BrowserContext, Error

from makegood.connectors.browser.recorder import Recorder

LOAD_MS, SETTLE_MS = 15_000, 800
PASSED = ("content-type", "access-control-allow-origin", "access-control-allow-credentials", "content-security-policy", "cache-control")


def look(context: BrowserContext, network: Recorder, order: dict[str, Any]) -> dict[str, Any]:
    """The page's title, the width it needs, the hosts it asks; its picture is page.png in the order's folder."""
    page = context.pages[0]
    page.on("dialog", lambda dialog: dialog.dismiss())
    fault = ""
    try:
        page.goto(order["url"], wait_until="load", timeout=LOAD_MS)
    except Error as error:
        fault = error.message.splitlines()[0][:200]
    page.wait_for_timeout(SETTLE_MS)
    page.screenshot(path=pathlib.Path(order["folder"]) / "page.png", timeout=10_000)
    width = page.evaluate("document.documentElement.scrollWidth")
    return {"fault": fault, "title": page.title()[:200], "needs_px": width, "asked": [one.url[:500] for one in network.asked]}


def passed(headers: Mapping[str, str]) -> dict[str, str]:
    """The headers a page may bring: none that keep something in the browser."""
    return {name: value for name, value in headers.items() if name in PASSED}

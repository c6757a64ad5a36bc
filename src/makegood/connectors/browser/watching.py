"""An ad run on a page of ours in the sandbox it is served in: watched until it should stand still, then clicked."""

import importlib.resources
import os
import pathlib
import secrets
import time
from typing import Any
from urllib.parse import quote

from playwright.sync_api import BrowserContext, ConsoleMessage, Dialog

from makegood.connectors.browser import tree
from makegood.connectors.browser.recorder import AD, CLICK, HOST, Recorder
from makegood.engine.specs.facts import Spot
from makegood.engine.specs.run import RunFacts

SANDBOX = "allow-scripts allow-popups allow-popups-to-escape-sandbox"
PAGE = """<!doctype html><meta charset="utf-8"><title>Page</title><style>body {{ margin: 0; }} iframe {{ display: block; border: 0; }}</style>
<iframe src="{source}" width="{width}" height="{height}" scrolling="no" allow="autoplay" sandbox="{sandbox}"></iframe>"""
CLICK_TAG = f"{CLICK}/click?t=run"
PLACES = ((0.5, 0.5), (0.5, 0.85), (0.85, 0.85), (0.5, 0.15))
STILL_S = (0.3, 1.0, 1.7)  # after the time the ad has: pictures that must be alike
AFTER_CLICK_S = 0.7
MOST = 50


def page(order: dict[str, Any]) -> str:
    """The page around the ad."""
    source = f"{AD}/{quote(order['entry'])}?clickTag={quote(CLICK_TAG, safe='')}"
    return PAGE.format(source=source, width=order["width"], height=order["height"], sandbox=SANDBOX)


class Watch:
    """One ad while it runs."""

    def __init__(self, context: BrowserContext, recorder: Recorder, order: dict[str, Any]) -> None:
        self._recorder, self._order, self._mark = recorder, order, secrets.token_hex(8)
        self._errors: list[Spot] = []
        self._sounds: dict[str, None] = {}
        self._dialogs: list[Spot] = []
        script = importlib.resources.files("makegood.connectors.browser").joinpath("hearing.js").read_text()
        context.add_init_script(script.replace("MARK", f"'{self._mark}'"))
        if order["script"]:
            context.add_init_script(order["script"])
        self._page = context.pages[0]
        self._page.on("console", self._said)
        self._page.on("pageerror", lambda error: self._errors.append(Spot(str(error)[:300], "script")))
        self._page.on("dialog", self._asked)

    def run(self) -> RunFacts:
        """Load, look at 1 s, 5 s and the end, click. Pictures lie in the order's folder as 1.png, 5.png and end.png."""
        begin = time.monotonic()
        self._page.goto(f"{HOST}/", wait_until="load", timeout=20_000)
        loaded = time.monotonic()
        cpu, times = _cpu(), self._order["shots"]
        for name, at in times.items():
            self._wait(loaded + at)
            self._shot(name)
        moving = self._still(loaded + self._order["stop_s"], loaded)
        share = (_cpu() - cpu) / (time.monotonic() - loaded)
        sounds, clicked = tuple(Spot(what, f"{self._order['entry']}") for what in self._sounds), time.monotonic()
        self._click()
        return self._facts(begin, loaded, clicked, share, moving, sounds)

    def _still(self, stop: float, loaded: float) -> float | None:
        """When the picture last differed from the one before; None when it stood."""
        pictures = []
        for late in STILL_S:
            self._wait(stop + late)
            pictures.append((time.monotonic() - loaded, self._shot("end")))
        changes = [at for (at, now), (_, before) in zip(pictures[1:], pictures, strict=False) if now != before]
        return round(changes[-1], 1) if changes else None

    def _click(self) -> None:
        for x, y in PLACES:
            self._page.mouse.click(self._order["width"] * x, self._order["height"] * y)
            self._wait(time.monotonic() + AFTER_CLICK_S)
            if any(one.navigates and not one.own for one in self._recorder.asked):
                return

    def _facts(self, begin: float, loaded: float, clicked: float, share: float, moving: float | None, sounds: tuple[Spot, ...]) -> RunFacts:
        asked = self._recorder.asked
        early = [one for one in asked if one.at_s <= loaded]
        left = [one for one in asked if one.navigates and not one.own]
        files = [one for one in self._recorder.outside() if one not in left or one.at_s <= clicked]
        return RunFacts(
            load_s=round(loaded - begin, 2), requests=tuple(Spot(_short(one.url), one.kind) for one in early),
            later_requests=sum(one.at_s > loaded for one in asked if one.at_s <= clicked), loaded_bytes=sum(one.size for one in asked),
            outside=tuple(Spot(one.url[:500], one.kind) for one in files)[:MOST],
            absent=tuple(Spot(_short(one.url), one.kind) for one in asked if one.own and not one.answered)[:MOST],
            cpu_share=round(share, 3), errors=tuple(self._errors[:MOST]), moving_after_s=moving, sounds=sounds, dialogs=tuple(self._dialogs[:MOST]),
            unasked=tuple(Spot(one.url[:500], one.kind) for one in left if one.at_s <= clicked), click_tag=CLICK_TAG,
            opened=tuple(one.url[:500] for one in left if one.at_s > clicked), cut_off=bool(self._order["cut_off"]),
        )  # fmt: skip

    def _shot(self, name: str) -> bytes:
        path = pathlib.Path(self._order["folder"]) / f"{name}.png"
        return self._page.screenshot(path=path, animations="allow", timeout=10_000)

    def _wait(self, until: float) -> None:
        left = until - time.monotonic()
        if left > 0:
            self._page.wait_for_timeout(left * 1000)

    def _said(self, message: ConsoleMessage) -> None:
        if message.text.startswith(self._mark):
            self._sounds[message.text.removeprefix(self._mark)] = None
        elif message.type == "error":
            where = message.location
            self._errors.append(Spot(message.text[:300], f"{_short(where.get('url', ''))}:{where.get('lineNumber', 0) + 1}"))

    def _asked(self, dialog: Dialog) -> None:
        self._dialogs.append(Spot(dialog.message[:200], dialog.type))
        dialog.dismiss()


def _cpu() -> float:
    return tree.cpu_s(tree.below(os.getpid()), "--type=renderer")


def _short(url: str) -> str:
    return url.removeprefix(f"{AD}/").partition("?")[0][:300]

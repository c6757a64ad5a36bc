"""All the network there is: every request is written down and answered from the ad's own files, by the fetcher, or not at all."""

import dataclasses
import mimetypes
import pathlib
import time
from collections.abc import Callable, Mapping
from urllib.parse import unquote, urlsplit

from playwright.sync_api import BrowserContext, Error, Request, Route, WebSocketRoute

HOST, AD, CLICK = "https://page.invalid", "https://ad.invalid", "https://click.invalid"
LANDED = "<!doctype html><title>Landing page</title>"
MOST_REQUESTS = 200

Answer = tuple[int, Mapping[str, str], bytes]
Outside = Callable[[Request], Answer | None]


@dataclasses.dataclass(frozen=True)
class Asked:
    """One request: `at_s` on the monotonic clock, `kind` the resource's type, `navigates` when the ad itself leaves or opens a page."""

    url: str
    kind: str
    at_s: float
    size: int
    navigates: bool
    answered: bool

    @property
    def own(self) -> bool:
        """Whether it is a file of the ad's."""
        return self.url.startswith(f"{AD}/")


class Recorder:
    """Answers a context's requests. `page` is the page around the ad; `outside` answers what is neither it nor the ad's files."""

    def __init__(self, context: BrowserContext, page: str, files: pathlib.Path | None, outside: Outside | None) -> None:
        self.asked: list[Asked] = []
        self._page, self._files, self._outside = page, files, outside
        context.route("**/*", self._answer)
        context.route_web_socket("**/*", self._socket)

    def outside(self) -> list[Asked]:
        """What was asked for beyond the ad's files, its page and its click."""
        return [one for one in self.asked if not one.url.startswith((f"{AD}/", HOST, f"{CLICK}/"))]

    def _answer(self, route: Route, request: Request) -> None:
        answer = self._found(request) if len(self.asked) < MOST_REQUESTS else None
        size = len(answer[2]) if answer else 0
        if not request.url.startswith(HOST):
            navigates = request.is_navigation_request() and _whole_page(request)
            self.asked.append(Asked(request.url, request.resource_type, time.monotonic(), size, navigates, bool(answer and answer[0] < 400)))
        if answer is None:
            route.abort("blockedbyclient")
        else:
            route.fulfill(status=answer[0], headers=dict(answer[1]), body=answer[2])

    def _found(self, request: Request) -> Answer | None:
        html = {"content-type": "text/html; charset=utf-8"}
        if request.url.startswith(f"{HOST}/"):
            return 200, html, self._page.encode()
        if request.url.startswith(f"{CLICK}/"):
            return 200, html, LANDED.encode()
        if request.url.startswith(f"{AD}/"):
            return self._file(urlsplit(request.url).path)
        return self._outside(request) if self._outside else None

    def _file(self, path: str) -> Answer:
        found = (self._files / unquote(path).lstrip("/")).resolve() if self._files else None
        if found is None or self._files is None or not found.is_relative_to(self._files.resolve()) or not found.is_file():
            return 404, {}, b""
        kind = mimetypes.guess_type(found.name)[0] or "application/octet-stream"
        return 200, {"content-type": kind, "access-control-allow-origin": "*"}, found.read_bytes()

    def _socket(self, socket: WebSocketRoute) -> None:
        self.asked.append(Asked(socket.url, "websocket", time.monotonic(), 0, False, False))
        socket.close()


def _whole_page(request: Request) -> bool:
    """Whether it is for the ad's own frame or a window, not for a frame inside the ad."""
    try:
        within = request.frame.parent_frame
    except Error:  # a window that is only about to be
        return True
    return within is None or within.parent_frame is None

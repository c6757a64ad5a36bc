"""A page that carries attempts, in real ad frames or real preview frames, and everything outside that shows an escape."""

import contextlib
import dataclasses
import http.server
import pathlib
import re
import threading
import time
from collections.abc import Iterator, Sequence

from playwright.sync_api import BrowserContext, Page, Route

import makegood.interfaces.web
from makegood.adserver import signing
from makegood.adserver.keys import Keys
from makegood.engine.plan import PlanCreative, PlanFlight, PlanPlacement, PlanRotation, ServingPlan
from tests.adserver import plans
from tests.adserver.conftest import Server
from tests.adserver.escapes.attempts import Attempt

SITE = "http://news.localhost"
TEMPLATE = pathlib.Path(makegood.interfaces.web.__file__).parent / "templates/creatives/preview.html"
PERMISSIONS = ("geolocation", "camera", "microphone", "notifications", "clipboard-read", "clipboard-write", "accelerometer", "gyroscope")
ALLOWED = "; ".join(f"{name} *" for name in (*PERMISSIONS, "fullscreen", "usb", "hid", "serial", "payment", "autoplay"))
CHANNEL = "<script>setInterval(function () { new BroadcastChannel('house').postMessage('secret'); }, 100)</script>"


class Outside:
    """A server of somebody else's; `came` are the first parts of the paths it was asked for."""

    def __init__(self) -> None:
        self.came: list[str] = []
        outside = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                download = self.path.endswith("/file")
                if not download:  # an ad may frame what is outside; that a file is saved is the sign
                    outside.came.append(self.path.split("/")[1].partition("?")[0])
                self.send_response(200)
                self.send_header("Content-Type", "application/octet-stream" if download else "text/html")
                self.end_headers()
                self.wfile.write(b"<title>Outside</title>")

            do_POST = do_GET

            def log_message(self, *ignored: object) -> None:
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.url = f"http://localhost:{self._server.server_address[1]}"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


def plan(attempts: Sequence[Attempt], landing: str) -> ServingPlan:
    """One placement, flight and creative an attempt."""
    numbered = list(enumerate(attempts, 1))
    return ServingPlan(
        "escapes", 2, "2026-01-01T00:00:00Z", "UTC",
        tuple(PlanFlight(n, n, n, 9, "sponsorship", "2020-01-01T00:00:00+00:00", "2100-01-01T00:00:00+00:00", (n,), (PlanRotation(n),), share=1.0) for n, _ in numbered),
        tuple(PlanPlacement(n, one.name, "html", 300, 60) for n, one in numbered),
        tuple(PlanCreative(n, n, one.folder, "html", "text/html", 300, 60, path=f"{one.folder}/index.html", click_url=landing) for n, one in numbered),
    )  # fmt: skip


def lay_out(server: Server, attempts: Sequence[Attempt], out: str) -> None:
    """Write the bundles where the ad server looks for them."""
    for one in attempts:
        (server.assets / one.folder).mkdir(exist_ok=True)
        for name, text in one.files(out).items():
            (server.assets / one.folder / name).write_text(text.replace("HOST", "document.referrer || '/page.html'"))


def ad_frames(server: Server, attempts: Sequence[Attempt], weak: bool) -> str:
    """A publisher's page with our tag."""
    slots = "".join(f'<div id="{one.name}" data-makegood="{one.name}" data-width="300" data-height="60" data-lazy="off"></div>' for one in attempts)
    return f'<!doctype html><title>News</title>{CHANNEL}<h1>News</h1>{slots}<script async src="{server.url}/tag.js"></script>'


def preview_frames(server: Server, attempts: Sequence[Attempt], weak: bool) -> str:
    """The application's page with the frames of its own template."""
    frame = re.search(r"<iframe[^>]*></iframe>", TEMPLATE.read_text())
    assert frame
    keys = Keys("k2", {name: bytes.fromhex(key) for name, key in plans.KEYS["keys"].items()})
    made = ""
    for one in attempts:
        url = signing.preview_url(keys, server.url, one.folder, "index.html", int(time.time()) + 900)
        made += f'<div id="{one.name}">' + re.sub(r"{{[^}]*}}", "60", frame[0].replace("{{ preview.url }}", url)).replace('loading="lazy"', "") + "</div>"
    policy = f'<meta http-equiv="content-security-policy" content="frame-src {server.url}">'
    return f"<!doctype html><title>News</title>{'' if weak else policy}{CHANNEL}<h1>News</h1>{_weakened(made) if weak else made}"


@dataclasses.dataclass
class Watched:
    """An open page and what was seen of it so far."""

    page: Page
    tried: set[str]
    signs: set[str]

    def gestures(self, attempts: Sequence[Attempt]) -> None:
        """Run those that want a person's click, with one."""
        for one in attempts:
            frame = next((f for f in self.page.frames if one.folder in f.url), None)
            if one.gesture and frame:
                with contextlib.suppress(Exception):  # refused is what we want to see; only signs count
                    frame.evaluate("() => { window.focus(); setTimeout(attempt, 0); }")
                self.page.wait_for_timeout(120)


@contextlib.contextmanager
def watched(context: BrowserContext, server: Server, html: str, outside: Outside, weak: bool) -> Iterator[Watched]:
    """The page open, with every sign of an escape kept. `weak` switches the guards off in what the server answers."""
    site = server.url if weak else SITE
    context.route(f"{site}/before.html", lambda route: route.fulfill(body="<title>Before</title>", content_type="text/html"))
    context.route(f"{site}/page.html", lambda route: route.fulfill(body=html, content_type="text/html"))
    if weak:
        context.grant_permissions(list(PERMISSIONS))
        context.route(re.compile(rf"{re.escape(server.url)}/(tag\.js|frame|assets/|preview/)"), _weaken)
    page, outside.came[:] = context.new_page(), []
    seen = Watched(page, set(), set())
    page.on("console", lambda message: _heard(seen, message.text))
    page.on("dialog", lambda dialog: (seen.signs.add(dialog.message), dialog.dismiss()))
    page.on("download", lambda download: seen.signs.add("download-address" if download.url.endswith("/file") else "download-blob"))
    page.on("popup", lambda popup: seen.signs.add("popup") if popup.url != "about:blank" else None)
    page.goto(f"{site}/before.html")
    page.goto(f"{site}/page.html")
    page.wait_for_timeout(400)
    yield seen
    seen.signs |= set(outside.came)
    if page.url.endswith("before.html"):
        seen.signs.add("history-back")


def _heard(seen: Watched, text: str) -> None:
    kind, _, rest = text.partition(" ")
    if kind in ("TRIED", "ESCAPED"):
        (seen.tried if kind == "TRIED" else seen.signs).add(rest.split(" ")[0])


def _weaken(route: Route) -> None:
    answer = route.fetch()
    headers = {name: value for name, value in answer.headers.items() if name not in ("content-security-policy", "content-length")}
    text = answer.headers.get("content-type", "").startswith("text/")
    route.fulfill(status=answer.status, headers=headers, body=_weakened(answer.text()) if text else answer.body())


def _weakened(text: str) -> str:
    """Frames without a sandbox and with every permission, also those our script makes."""
    text = re.sub(r' sandbox="[^"]*"', f' allow="{ALLOWED}"', text)
    text = text.replace('frame.setAttribute("sandbox", "allow-scripts allow-popups allow-popups-to-escape-sandbox");', "")
    return text.replace('frame.setAttribute("allow", "autoplay");', f'frame.setAttribute("allow", "{ALLOWED}");')

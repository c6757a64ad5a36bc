"""The child of a run: starts the browser behind its walls, does what the order says, writes answer.json, ends.

Playwright and the browser live and die here; the web and worker processes never load them.
"""

import contextlib
import ipaddress
import json
import os
import pathlib
import sys
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Request, sync_playwright

from makegood.connectors import web
from makegood.connectors.browser import looking, recorder, walls, watching

PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "is_mobile": True, "has_touch": True}


def main() -> int:
    """Read the order from stdin."""
    order = json.load(sys.stdin)
    folder = pathlib.Path(order["folder"])
    answer = {"ad": _ad, "tag": _ad, "page": _page}[order["do"]](order, folder)
    (folder / "answer.json").write_text(json.dumps(answer))
    return 0


def _ad(order: dict[str, Any], folder: pathlib.Path) -> dict[str, Any]:
    """Run a bundle or a tag on a page of ours."""
    size = {"viewport": {"width": order["width"], "height": order["height"]}}
    order["cut_off"] = walls.cut_off()
    with _browser(order, folder, size) as context:
        network = recorder.Recorder(context, watching.page(order), pathlib.Path(order["files"]), _fetcher(order))
        return asdict(watching.Watch(context, network, order).run())


def _page(order: dict[str, Any], folder: pathlib.Path) -> dict[str, Any]:
    """Look at a page from outside as a phone does."""
    with _browser(order, folder, PHONE) as context:
        network = recorder.Recorder(context, "", None, _fetcher(order))
        return looking.look(context, network, order)


def _fetcher(order: dict[str, Any]) -> recorder.Outside:
    """What answers for the hosts of the order ("" is all of them) from the public internet; nobody for others."""
    given, hosts = order["limits"], order["hosts"]
    limits = web.Limits(frozenset(given["ports"]), also=tuple(map(ipaddress.ip_network, given["also"])), most_bytes=given["most_bytes"], within_s=5.0)

    def answer(request: Request) -> recorder.Answer | None:
        host = urlsplit(request.url).hostname or ""
        if request.method != "GET" or not any(one in ("", host) or host.endswith(f".{one}") for one in hosts):
            return None
        headers = {name: value for name, value in request.headers.items() if name in ("accept", "accept-language", "user-agent")}
        with contextlib.suppress(web.Barred, web.Unanswered):
            found = web.fetch(request.url, limits=limits, headers=headers)
            return found.status, looking.passed(found.headers), found.body
        return None

    return answer


@contextlib.contextmanager
def _browser(order: dict[str, Any], folder: pathlib.Path, how: dict[str, Any]) -> Iterator[BrowserContext]:
    """A browser with a profile of its own that is thrown away."""
    program = walls.program(folder, order["executable"])
    home = str(folder / "home")
    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            home, executable_path=str(program), chromium_sandbox=walls.inner(), args=list(walls.FLAGS), accept_downloads=False,
            service_workers="block", env={"HOME": home, "TMPDIR": home, "PATH": os.environ.get("PATH", "")},
            ignore_default_args=["--disable-popup-blocking"], **how,
        )  # fmt: skip
        try:
            yield context
        finally:
            context.close()


if __name__ == "__main__":
    sys.exit(main())

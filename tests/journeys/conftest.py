"""A journey's means: browser windows of several people at once, a real ad server, pictures of what went wrong."""

import pathlib
import subprocess
import sys
from collections.abc import Iterator

import pytest
from django.test import Client
from django.utils import timezone

from makegood.config.processes import Process, await_answer, free_port
from makegood.trafficking.plan import compiling, writing

READER = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Remember whether the test itself failed, for the pictures."""
    report = yield
    if report.when == "call":
        item.failed = report.failed
    return report


@pytest.fixture
def web():
    """web(person): a test client signed in."""

    def signed_in(person) -> Client:
        client = Client()
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return signed_in


@pytest.fixture
def window(request, chromium, live_server, web, tmp_path):
    """window(person, width=390): a page of that person (nobody: None). Errors of the console fail the journey; a failed one is photographed."""
    pages, errors = [], []

    def opened(person=None, width=1440, height=1000, **more):
        context = chromium.new_context(viewport={"width": width, "height": height}, base_url=live_server.url, **more)
        context.set_default_timeout(15_000)
        if person is not None:
            cookie = web(person).cookies["sessionid"]
            context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": live_server.url}])
        page = context.new_page()
        page.on("console", lambda message: errors.append(f"{page.url}: {message.text}") if message.type == "error" else None)
        page.on("pageerror", lambda error: errors.append(f"{page.url}: {error}"))
        pages.append(page)
        return page

    yield opened
    for number, page in enumerate(pages):
        if getattr(request.node, "failed", False) and not page.is_closed():
            page.screenshot(path=tmp_path / f"window-{number}.png", full_page=True)
            print(f"{page.url}: {tmp_path}/window-{number}.png")
        page.context.close()
    assert [line for line in errors if "status of 4" not in line] == []  # a refusal the journey asked for is no fault of the page


@pytest.fixture
def adserver(transactional_db, settings, tmp_path: pathlib.Path) -> Iterator[str]:
    """A real ad server process on this test's plan, events and assets; its address, which the pages know too."""
    port = free_port(18100)
    url = f"http://127.0.0.1:{port}"
    before, settings.ADSERVER_URL = settings.ADSERVER_URL, url
    policy = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    settings.CONTENT_SECURITY_POLICY = {
        "DIRECTIVES": {name: [url if one == before else one for one in sources] for name, sources in policy.items()}
    }
    writing.signing_keys()
    writing.write(compiling.compile([], at=timezone.now(), version=0))
    for folder in (settings.EVENTS_FOLDER, settings.ASSETS_FOLDER, settings.PLAN_FILE.parent):
        folder.mkdir(parents=True, exist_ok=True)
    command = [
        sys.executable, "-m", "makegood.adserver", "--plan", str(settings.PLAN_FILE), "--events", str(settings.EVENTS_FOLDER), "--assets",
        str(settings.ASSETS_FOLDER), "--keys", str(settings.KEYS_FILE), "--port", str(port), "--public-url", url, "--app-origin", "http://localhost",
    ]  # fmt: skip
    process = Process("ad server", command, tmp_path / "adserver.log")
    process.start()
    await_answer(port, process)
    yield url
    process.stop()
    assert isinstance(process.running, subprocess.Popen)

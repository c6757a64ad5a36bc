"""A journey's means: browser windows of several people at once, a real ad server, pictures of what went wrong."""

import pathlib
import signal
from collections.abc import Iterator

import pytest
from django.test import Client
from django.utils import timezone

from makegood.trafficking.plan import compiling, writing
from tests import browser
from tests.adserver import nursery

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
    assert [line for line in browser.faults(errors) if "status of 4" not in line] == []  # a refusal the journey asked for is no fault of the page


@pytest.fixture
def adserver(transactional_db, settings, tmp_path: pathlib.Path) -> Iterator[str]:
    """A real ad server process on this test's plan, events and assets, on a port the system gives; its address, which the pages know too."""
    writing.signing_keys()
    writing.write(compiling.compile([], at=timezone.now(), version=0))
    folders = {"events": settings.EVENTS_FOLDER, "assets": settings.ASSETS_FOLDER}
    for folder in folders.values():
        folder.mkdir(parents=True, exist_ok=True)
    arguments = ["--port", "0", "--app-origin", "http://localhost"]
    for name, path in (folders | {"plan": settings.PLAN_FILE, "keys": settings.KEYS_FILE}).items():
        arguments += [f"--{name}", str(path)]
    with (tmp_path / "adserver.log").open("a") as log:
        process = nursery.start(arguments, log)
    said = process.stdout.readline()
    assert said.startswith("listening on"), (tmp_path / "adserver.log").read_text()
    before, settings.ADSERVER_URL = settings.ADSERVER_URL, f"http://{said.split()[-1]}"
    policy = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    settings.CONTENT_SECURITY_POLICY = {
        "DIRECTIVES": {name: [settings.ADSERVER_URL if one == before else one for one in sources] for name, sources in policy.items()}
    }
    yield settings.ADSERVER_URL
    process.send_signal(signal.SIGTERM)
    assert process.wait(15) == 0
    process.stdout.close()

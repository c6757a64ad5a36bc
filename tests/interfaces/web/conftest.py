"""The pages as somebody sees them: signed-in clients, and a browser signed in on a running server."""

import pytest
from django.test import Client

from tests import browser


@pytest.fixture
def web():
    """A test client signed in as a person: web(lead).get(…)."""

    def signed_in(person) -> Client:
        client = Client()
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return signed_in


@pytest.fixture
def page(chromium, live_server, web):
    """A page signed in as a person: page(lead, width=390). Errors of the console fail the test."""
    contexts, errors = [], []

    def opened(person, width=1440, height=1000):
        context = chromium.new_context(viewport={"width": width, "height": height}, base_url=live_server.url)
        context.set_default_timeout(15_000)
        cookie = web(person).cookies["sessionid"]
        context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": live_server.url}])
        contexts.append(context)
        made = context.new_page()
        made.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        made.on("pageerror", lambda error: errors.append(str(error)))
        return made

    yield opened
    for context in contexts:
        context.close()
    assert browser.faults(errors) == []

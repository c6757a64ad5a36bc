"""Coming in: by e-mail and password, nobody signs up, guessing is stopped, a demo offers its people."""

import pytest
from django.test import Client

from makegood.core.models import Person

PASSWORD = "makegood-demo"


def sign_in(browser, email, password=PASSWORD, **more):
    return browser.post("/sign-in/", {"login": email, "password": password, **more})


def test_an_address_in_any_case_comes_in(client, lead):
    answer = sign_in(client, "Ruth.Delgado@Example.com")
    assert (answer.status_code, answer.url) == (302, "/")


def test_a_client_starts_in_the_portal(client, db):
    from makegood.core.models import Party
    from tests.personas import client_of

    client_of(Party.objects.create(name="Oatfield Foods", kind="advertiser"), "Lena Ortiz")
    assert sign_in(client, "lena.ortiz@example.com").url == "/portal/"


def test_one_lands_where_one_was_going_but_never_elsewhere(client, lead):
    assert sign_in(Client(), lead.email, next="/tasks/").url == "/tasks/"
    assert sign_in(client, lead.email, next="https://evil.example/").url == "/"


def test_a_wrong_password_says_so_and_keeps_the_address(client, lead):
    content = sign_in(client, lead.email, "wrong").content.decode()
    assert "nothing is locked yet" in content
    assert f'value="{lead.email}"' in content


def test_guessing_is_stopped(lead, settings):
    browser = Client()
    answers = [sign_in(browser, lead.email, f"guess {n}").status_code for n in range(settings.AXES_FAILURE_LIMIT)]
    assert answers[0] == 200
    refused = sign_in(browser, lead.email)
    assert refused.status_code == 429
    assert "Locked for 15 minutes" in refused.content.decode()


@pytest.mark.parametrize("path", ["/accounts/signup/", "/signup/"])
def test_there_is_no_signing_up(client, db, path):
    assert client.post(path, {"email": "new@example.com", "password1": "a long password"}).status_code in (302, 404)
    assert Person.objects.count() == 0


def test_help_says_whom_to_ask(client, db):
    assert "Ask yours for an invitation" in client.get("/sign-in/help/").content.decode()


def test_every_other_page_asks_to_sign_in(client, db):
    assert client.get("/tasks/").url == "/sign-in/?next=/tasks/"


def test_a_demo_lists_its_people_and_a_real_one_does_not(client, lead, settings):
    settings.MAKEGOOD_DEMO, settings.MAKEGOOD_DEMO_PASSWORD = True, PASSWORD
    content = client.get("/sign-in/").content.decode()
    assert lead.email in content
    assert PASSWORD in content
    settings.MAKEGOOD_DEMO = False
    content = client.get("/sign-in/").content.decode()
    assert lead.email not in content
    assert PASSWORD not in content


def test_out_again(web, lead):
    browser = web(lead)
    assert browser.post("/sign-out/").url == "/sign-in/"
    assert browser.get("/tasks/").status_code == 302


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_persona_is_one_click(chromium, live_server, lead, settings):
    settings.MAKEGOOD_DEMO, settings.MAKEGOOD_DEMO_PASSWORD = True, PASSWORD
    context = chromium.new_context(base_url=live_server.url)
    page = context.new_page()
    page.goto("/sign-in/?next=/tasks/")
    page.get_by_text(lead.name).click()
    page.wait_for_url("**/tasks/")
    context.close()

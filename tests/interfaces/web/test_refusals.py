"""A refusal says what, where and what to do, with its own status; pages that do not exist look like ours."""

import json

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from makegood.core.errors import Invalid, NotAllowed, Refused
from makegood.interfaces.web import refusals


@pytest.mark.parametrize(
    ("error", "status"),
    [(Refused("Week 48 is held.", place="Homepage takeover", remedy="Ask Priya Raman."), 409),
     (Invalid("31 November does not exist.", place="Line 5", remedy="Use 30."), 422), (NotAllowed("You may not book.", remedy="Ask a lead."), 403)],
)  # fmt: skip
def test_an_error_of_an_action_becomes_a_page_or_a_toast(lead, error, status):
    request = RequestFactory().get("/")
    request.user, request.htmx = lead, False
    page = refusals.answer(request, error)
    assert page.status_code == status
    assert all(part in page.content.decode() for part in (error.message, error.place, error.remedy))


def test_a_part_gets_a_toast_and_the_page_stays(web, lead):
    answer = web(lead).post("/views/save/", {"name": ""}, headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Reswap"]) == (422, "none")
    assert json.loads(answer["HX-Trigger"])["mg:toasts"][0]["text"].startswith("Save view: The view needs a name.")


def test_a_page_that_is_not_there(web, lead, client):
    found = web(lead).get("/nowhere/")
    assert (found.status_code, "There is nothing here for you" in found.content.decode()) == (404, True)


def test_a_broken_page_needs_nothing_of_the_person():
    answer = refusals.broken(RequestFactory().get("/"))
    assert isinstance(answer, HttpResponse)
    assert (answer.status_code, "The fault is ours" in answer.content.decode()) == (500, True)


def test_the_policy_forbids_inline_style_and_script(web, lead):
    policy = web(lead).get("/styleguide/")["Content-Security-Policy"]
    assert "unsafe-inline" not in policy
    assert "unsafe-eval" not in policy


def test_going_back_never_leaves_the_house(web, lead):
    browser = web(lead)
    assert browser.post("/preferences/theme/", {"theme": "dark", "next": "https://evil.example/"}).url == "/"
    assert browser.post("/preferences/theme/", {"theme": "neon", "next": "/tasks/"}).url == "/tasks/"
    lead.refresh_from_db()
    assert lead.theme == "auto"

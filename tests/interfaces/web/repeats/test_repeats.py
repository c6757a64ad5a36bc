"""A write sent twice has one effect and one answer: in a row, at the same time, after the answer was lost (R5)."""

import datetime
import re
import threading

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from makegood.core import replies
from makegood.core.models import KeptReply
from makegood.interfaces.web.repeats import FIELD
from makegood.work.models import Case
from tests.factories import orders


@pytest.fixture
def asked(account_manager):
    """A case as its form sends it."""
    order = orders.drafted(account_manager=account_manager)
    return {"order": order.pk, "kind": "incident", "title": "Homepage was down", "severity": "high", "owner": account_manager.pk, "amount": "420.00"}


class Cut:
    """The connection breaks after everything was done: nobody hears the answer."""

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if "HTTP_X_CUT" in request.META:
            raise ConnectionAbortedError
        return response


@pytest.mark.django_db
@pytest.mark.parametrize("keyed", [{"headers": {"Idempotency-Key": "c-1"}}, {}])
def test_the_same_write_twice_is_one(web, account_manager, asked, keyed):
    client, facts = web(account_manager), asked | ({} if keyed else {FIELD: "f-1"})
    first, second = (client.post("/cases/open/", facts, **keyed) for _ in range(2))
    assert Case.objects.count() == 1 and first["Location"] == second["Location"]
    assert (first.status_code, second.status_code, first.content, first["Content-Type"]) == (303, 303, second.content, second["Content-Type"])


@pytest.mark.django_db
def test_without_a_key_there_are_two(web, account_manager, asked):
    for _ in range(2):
        web(account_manager).post("/cases/open/", asked)
    assert Case.objects.count() == 2


@pytest.mark.django_db
def test_without_the_table_there_are_two(web, account_manager, asked):
    for _ in range(2):
        web(account_manager).post("/cases/open/", asked, headers={"Idempotency-Key": "c-1"})
        KeptReply.objects.all().delete()
    assert Case.objects.count() == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("key", "effects"), [("c-1", 1), ("", 6)])
def test_at_the_same_time_it_is_one(web, account_manager, asked, key, effects):
    clients, answers, gate = [web(account_manager) for _ in range(6)], [], threading.Barrier(6)

    def send(client) -> None:
        try:
            gate.wait(30)
            answers.append(client.post("/cases/open/", asked, headers={"Idempotency-Key": key} if key else {})["Location"])
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=[client]) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert Case.objects.count() == effects and len(answers) == 6 and len(set(answers)) == effects


@pytest.mark.django_db
def test_a_lost_answer_is_given_again(web, account_manager, asked, settings):
    settings.MIDDLEWARE = [f"{__name__}.Cut", *settings.MIDDLEWARE]
    client, key = web(account_manager), {"Idempotency-Key": "c-1"}
    with pytest.raises(ConnectionAbortedError):
        client.post("/cases/open/", asked, headers={**key, "X-Cut": "1"})
    answer = client.post("/cases/open/", asked, headers=key)
    assert answer["Location"] == f"/cases/{Case.objects.get().pk}/"


@pytest.mark.django_db
def test_another_body_under_the_same_key_is_refused_and_a_form_with_another_body_is_another_write(web, account_manager, asked):
    client, other = web(account_manager), asked | {"title": "Homepage was slow"}
    client.post("/cases/open/", asked, headers={"Idempotency-Key": "c-1"})
    refused = client.post("/cases/open/", other, headers={"Idempotency-Key": "c-1"})
    assert refused.status_code == 409 and "used for something else" in refused.content.decode() and Case.objects.count() == 1
    for facts in (asked, other):
        client.post("/cases/open/", facts | {FIELD: "f-1"})
    assert Case.objects.count() == 3


@pytest.mark.django_db
def test_keys_are_of_one_person_and_of_bounded_length(web, account_manager, lead, asked):
    for person in (account_manager, lead):
        web(person).post("/cases/open/", asked, headers={"Idempotency-Key": "c-1"})
    assert Case.objects.count() == 2
    long = web(lead).post("/cases/open/", asked, headers={"Idempotency-Key": "x" * 37})
    assert long.status_code == 422 and Case.objects.count() == 2


@pytest.mark.django_db
def test_what_was_refused_may_be_sent_again(web, account_manager, asked):
    client = web(account_manager)
    assert client.post("/cases/open/", {"title": "x", FIELD: "f-1"}).status_code == 422
    case = client.post("/cases/open/", asked | {FIELD: "f-1"})["Location"]
    assert client.post(f"{case}wait/", {"why": "", FIELD: "f-2"}).status_code == 422  # the action's refusal, not the form's
    assert KeptReply.objects.count() == 1 and client.post(f"{case}wait/", {"why": "Which tag?", FIELD: "f-2"}).status_code == 303


@pytest.mark.django_db
def test_kept_answers_are_forgotten_after_two_days(web, account_manager, asked):
    web(account_manager).post("/cases/open/", asked | {FIELD: "f-1"})
    now = timezone.now()
    assert replies.forget(at=now) == 0 and replies.forget(at=now + datetime.timedelta(days=3)) == 1


@pytest.mark.django_db
def test_every_write_goes_through_and_every_form_has_a_number_of_its_own(web, lead):
    assert settings.MIDDLEWARE[-1] == "makegood.interfaces.web.repeats.Middleware"
    numbers = re.findall(rf'name="{FIELD}" value="(\w+)"', web(lead).get("/cases/open/").content.decode())
    assert numbers and len(set(numbers)) == len(numbers)

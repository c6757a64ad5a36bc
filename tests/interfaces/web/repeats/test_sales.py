"""R5 where inventory is promised: a booking and a hold sent twice at the same time, and again after the process died before its answer."""

import os
import signal
import threading

import pytest
from django.db import connection

from makegood.core.models import KeptReply
from makegood.orders.models import Order, Reservation
from makegood.sales.models import Hold
from tests.factories import accounts, catalog, orders

KEY = {"Idempotency-Key": "b-1"}


class Killed:
    """The process dies (kill -9) when everything is committed and nothing is answered."""

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if "HTTP_X_KILL" in request.META:
            os.kill(os.getpid(), signal.SIGKILL)
        return response


def booking():
    """(address, what is posted, how often it happened)."""
    made = orders.order()
    orders.line(made, catalog.takeover(), quantity=2, start=orders.START, end=orders.START)
    order = orders.signed(made)
    return f"/orders/{order.pk}/book/", {}, lambda: Reservation.objects.count() if Order.objects.get().status == "booked" else 0


def holding():
    """The same for a hold of impressions: another one like it would be in force beside it."""
    facts = {"product": catalog.run_of_site().pk, "advertiser": accounts.advertiser().pk, "start": "2027-03-01", "end": "2027-03-07", "units": "1000", "days": "3"}
    return "/inventory/hold/", facts | {"priority": "3"}, lambda: Hold.objects.count()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("case", "keyed", "statuses"), [(booking, True, [303, 303]), (booking, False, [303, 409]), (holding, True, [303, 303])])
def test_two_at_the_same_time(case, keyed, statuses, web, account_manager):
    url, facts, happened = case()
    clients, answers, gate = [web(account_manager) for _ in range(2)], [], threading.Barrier(2)

    def send(client) -> None:
        try:
            gate.wait(30)
            answers.append(client.post(url, facts, headers=KEY if keyed else {}))
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=[client]) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(one.status_code for one in answers) == statuses and happened() == 1
    assert not keyed or len({one["Location"] for one in answers}) == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("case", "keyed", "times"), [(booking, True, 1), (holding, True, 1), (holding, False, 2)])
def test_killed_between_commit_and_answer(case, keyed, times, web, account_manager, settings):
    url, facts, happened = case()
    settings.MIDDLEWARE = [f"{__name__}.Killed", *settings.MIDDLEWARE]
    client, headers = web(account_manager), KEY if keyed else {}
    connection.close()
    if (child := os.fork()) == 0:
        try:
            client.post(url, facts, headers={**headers, "X-Kill": "1"})
        finally:
            os._exit(1)  # it was to be killed
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL and happened() == 1
    answer = client.post(url, facts, headers=headers)
    assert answer.status_code == 303 and happened() == times
    assert KeptReply.objects.count() == keyed

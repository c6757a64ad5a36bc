"""The demo seller is the same for the same seed and moment, whole or not there at all, and made by legal moves only."""

import datetime
import hashlib

import pytest
from django.db import transaction
from django.db.models import Sum

from makegood.billing.models import Invoice
from makegood.core.models import Activity, Person
from makegood.delivery.models import Fact, Pace
from makegood.orders.models import Order, OrderImport
from makegood.workflows.demo import campaigns, loading, timeline

NOW = datetime.datetime(2026, 11, 23, 15, tzinfo=datetime.UTC)


class Undone(Exception):
    """Takes a load back."""


def key_figures(seed: int) -> tuple[str, dict[str, int]]:
    """Load, take the digest of what people would notice, and leave the database as it was."""
    try:
        with transaction.atomic():
            loading.load(seed=seed, now=NOW, password="makegood-demo", size=loading.SMALL)
            orders = list(Order.objects.order_by("number").values_list("number", "status", "gross", "net"))
            facts = list(Fact.objects.values_list("flight__line__number").annotate(Sum("net"), Sum("gross")).order_by("flight__line__number"))
            bills = list(Invoice.objects.order_by("number").values_list("number", "net", "status"))
            paces = list(Pace.objects.order_by("line__order__number", "line__number").values_list("delivered", "projected", "state"))
            log = list(Activity.objects.order_by("pk").values_list("at", "verb", "subject_label"))
            found = {"orders": len(orders), "bills": len(bills), "paces": len(paces), "imports": OrderImport.objects.filter(status="read").count(),
                     "people": Person.objects.exclude(roles__contains=["client"]).count()}  # fmt: skip
            raise Undone
    except Undone:
        return hashlib.sha256(repr((orders, facts, bills, paces, log)).encode()).hexdigest(), found


@pytest.mark.nightly
@pytest.mark.django_db
def test_the_seed_decides() -> None:
    first, found = key_figures(1)
    again, _ = key_figures(1)
    assert first == again
    assert found == {"orders": 1, "bills": 1, "paces": 4, "imports": 1, "people": 15}


@pytest.mark.django_db
def test_a_load_that_fails_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def stops(*_: object) -> None:
        raise Undone

    monkeypatch.setattr(loading.agreements, "sign_all", stops)
    with pytest.raises(Undone):
        loading.load(seed=1, now=NOW, password="makegood-demo", size=loading.SMALL)
    assert (loading.loaded(), Order.objects.count(), Person.objects.count()) == (False, 0, 0)


def test_the_book_has_sixty_orders_of_every_kind() -> None:
    told = [*campaigns.earlier(loading.FULL.earlier, seed=1), *campaigns.NAMED]
    assert len(told) >= 60
    assert len({one.key + str(one.start) for one in told}) == len(told)
    named = {name for one in told for name in one.trouble}
    assert named >= {"late_creative", "paused", "disputed", "unpaid", "oversold", "no_creative", "no_click", "policy", "invalid", "third_party"}


def test_stories_are_told_in_order_of_time() -> None:
    moments = []

    def story(*days: int):
        for day in days:
            yield NOW + datetime.timedelta(days=day)
            moments.append(day)

    steps = timeline.tell([story(3, 9), story(1, 4, 5)], until=NOW + datetime.timedelta(days=6))
    assert (moments, steps) == ([1, 3, 4, 5], 4)

"""Gross = net + every reason: the database refuses a transaction that leaves it otherwise, whatever wrote the rows."""

import datetime

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from makegood.delivery.actions import counting
from makegood.delivery.models import Fact, Filtered
from tests.delivery.test_counting import START, event, flight, totals, write
from tests.factories.accounts import NOW

__all__ = ["flight"]
BREAKS = {
    "more gross": "UPDATE delivery_fact SET gross = gross + 1",
    "less net": "UPDATE delivery_fact SET net = net - 1 WHERE net > 0",
    "no facts": "DELETE FROM delivery_fact",
    "no reasons": "DELETE FROM delivery_filtered",
    "other reasons": "UPDATE delivery_filtered SET count = count + 1",
    "facts of another hour": "UPDATE delivery_fact SET hour = hour + interval '1 hour'",
    "reasons of another hour": "UPDATE delivery_filtered SET hour = hour + interval '1 hour'",
    "a reason of nothing": "INSERT INTO delivery_filtered (flight_id, placement_id, hour, reason, rules, count)"
    " SELECT flight_id, placement_id, hour - interval '1 day', 'known_bot', rules, 1 FROM delivery_filtered LIMIT 1",
    "a fact without its reason": "INSERT INTO delivery_fact (flight_id, placement_id, hour, device, rules, served, gross, net, viewable, completes, clicks)"
    " SELECT flight_id, placement_id, hour, 'tablet', rules, 2, 2, 1, 0, 0, 0 FROM delivery_fact LIMIT 1",
}
HOLDS = {
    "both": "UPDATE delivery_fact SET net = net - 1 WHERE device = 'mobile'; UPDATE delivery_filtered SET count = count + 1",
    "clicks": "UPDATE delivery_fact SET clicks = clicks + 1",
    "a reason under another's name": "UPDATE delivery_filtered SET reason = 'data_centre'",
    "from one device to another": "UPDATE delivery_fact SET gross = gross - 1, net = net - 1; INSERT INTO delivery_fact (flight_id, placement_id, hour, device, rules,"
    " served, gross, net, viewable, completes, clicks) SELECT flight_id, placement_id, hour, 'tablet', rules, 1, 1, 1, 0, 0, 0 FROM delivery_fact LIMIT 1",
}


@pytest.fixture
def counted(flight, tmp_path):
    write(tmp_path / "e", [event(flight, 1), event(flight, 2), event(flight, 3, bot="x")])
    counting.count_all(tmp_path / "e", at=NOW)
    committed("SELECT 1")
    assert totals() == (3, 2, {"known_bot": 1})


def committed(statement):
    """What the database says when a transaction with `statement` ends."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


@pytest.mark.parametrize("name", BREAKS)
def test_what_breaks_it_is_refused(counted, name):
    with pytest.raises(IntegrityError, match=r"gross is .* more than net, the reasons say"):
        committed(BREAKS[name])
    assert totals() == (3, 2, {"known_bot": 1})


@pytest.mark.parametrize("name", HOLDS)
def test_what_keeps_it_is_not(counted, name):
    committed(HOLDS[name])


def test_without_the_triggers_each_would_be_let_through(counted):
    """The negative control."""
    for statement in BREAKS.values():
        with transaction.atomic():
            committed(f"SET LOCAL session_replication_role = replica; {statement}")
            transaction.set_rollback(True)


@pytest.mark.django_db(transaction=True)
def test_it_is_refused_at_the_commit_of_plain_sql(flight):
    where = {"flight": flight, "placement_id": flight.placement_ids[0], "hour": START}
    with transaction.atomic():
        Fact.objects.create(**where, gross=3, net=1)
        Filtered.objects.create(**where, reason="known_bot", rules="2026-11", count=2)
    with pytest.raises(IntegrityError, match="in the hour of 2026-11-20"), connection.cursor() as cursor:
        cursor.execute("DELETE FROM delivery_filtered")
    assert Filtered.objects.get().count == 2


CHANGES = st.lists(st.tuples(st.integers(0, 1), st.sampled_from(["gross", "net", "count"]), st.integers(-3, 3)), max_size=8)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(CHANGES)
def test_refused_exactly_when_the_sums_differ(flight, changes):
    """Any changes of facts and reasons over two hours: what commits is what adds up in each of them."""
    hours = [START, START + datetime.timedelta(hours=1)]
    off = [0, 0]
    with transaction.atomic():
        for at in hours:
            where = {"flight": flight, "placement_id": flight.placement_ids[0], "hour": at}
            Fact.objects.create(**where, gross=200, net=100)
            Filtered.objects.create(**where, reason="known_bot", rules="2026-11", count=100)
        told = ["SELECT 1"]
        for hour, name, units in changes:
            off[hour] += units if name == "gross" else -units
            table = "delivery_filtered" if name == "count" else "delivery_fact"
            told.append(f"UPDATE {table} SET {name} = {name} + {units} WHERE hour = '{hours[hour].isoformat()}'")
        if any(off):
            with pytest.raises(IntegrityError, match=r"gross is .* more than net"):
                committed("; ".join(told))
        else:
            committed("; ".join(told))
        transaction.set_rollback(True)

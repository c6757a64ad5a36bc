"""Events are counted once whatever happens to them; gross = net + what was filtered, reason by reason."""

import dataclasses
import datetime
import random
import sys

import pytest
from django.db.models import Sum

from makegood.adserver.events import Event
from makegood.delivery import posting, tallying
from makegood.delivery.actions import counting
from makegood.delivery.models import Fact, Filtered, SeenEvent, SegmentOffset
from tests.factories import orders
from tests.factories.accounts import NOW

START = datetime.datetime(2026, 11, 20, 9, tzinfo=datetime.UTC)


@pytest.fixture
def flight(db):
    return orders.booked().lines.get().flights.get()


def event(flight, number, kind="impression", *, hour=0, **more):
    at = int((START + datetime.timedelta(hours=hour, seconds=number)).timestamp() * 1000)
    facts = {"placement_id": flight.placement_ids[0], "flight_id": flight.pk, "device": "mobile"} | more
    return Event(id=f"n{number}.{kind}", kind=kind, at=at, **facts)


def write(folder, events, name="20261120T09-1", mode="wb"):
    folder.mkdir(exist_ok=True)
    with (folder / f"{name}.seg").open(mode) as file:
        file.writelines(one.line() for one in events)


def facts():
    rows = Fact.objects.values_list("hour", "device").annotate(*(Sum(name) for name in ("served", "gross", "net", "clicks")))
    return sorted(tuple(row) for row in rows)


def totals():
    found = Fact.objects.aggregate(gross=Sum("gross"), net=Sum("net"))
    return found["gross"], found["net"], dict(Filtered.objects.values_list("reason").annotate(n=Sum("count")))


def traffic(flight):
    """400 events with every reason among them, and the reference count made by hand from the list."""
    kinds = ["served", "impression", "viewable", "click"]
    events = [event(flight, n, kind, hour=n % 3) for n in range(100) for kind in kinds]
    marks = {3: {"bot": "GoogleBot"}, 4: {"datacentre": True}, 5: {"prefetch": True}, 6: {"test": True}, 7: {"zero_size": True}}
    marked = [dataclasses.replace(one, **marks.get(int(one.id[1:].split(".")[0]), {})) for one in events]
    return marked, (100, 95, {"known_bot": 1, "data_centre": 1, "prefetch": 2, "self_test": 1})  # by the first rule set


def test_each_event_once_with_its_reason(flight, tmp_path):
    events, reference = traffic(flight)
    write(tmp_path / "e", events)
    made = counting.count_all(tmp_path / "e", at=NOW)
    assert (made.read, totals()) == (400, reference)
    assert counting.count_all(tmp_path / "e", at=NOW).read == 0
    assert totals() == reference


@pytest.mark.parametrize("seed", range(3))
def test_duplicate_late_and_shuffled_events_give_the_same_net(flight, tmp_path, seed):
    events, (gross, net, filtered) = traffic(flight)
    draw = random.Random(seed)
    again = [one for one in events if draw.random() < 0.2]
    mixed = events + again
    draw.shuffle(mixed)
    late = len(mixed) * 9 // 10
    write(tmp_path / "e", mixed[:late])
    counting.count_all(tmp_path / "e", at=NOW)
    write(tmp_path / "e", mixed[late:], name="20261230T09-1")
    counting.count_all(tmp_path / "e", at=NOW + datetime.timedelta(days=40))
    repeats = sum(one.kind == "impression" for one in again)
    assert totals() == (gross + repeats, net, filtered | ({"duplicate": repeats} if repeats else {}))
    assert [row[5] for row in facts()] == [32, 31, 32]  # clicks of the accepted; filtered ones and repeats never


def test_a_run_killed_in_the_middle_counts_once(flight, tmp_path, monkeypatch):
    events, reference = traffic(flight)
    write(tmp_path / "e", events)
    counting.count(tmp_path / "e", at=NOW, limit=150)
    for place in (tallying.add, posting.post):  # killed after the events are seen, and after the facts are written
        module, name = sys.modules[place.__module__], place.__name__
        monkeypatch.setattr(module, name, lambda *given, place=place, **named: (place(*given, **named), 1 / 0))
        with pytest.raises(ZeroDivisionError):
            counting.count_all(tmp_path / "e", at=NOW)
        monkeypatch.setattr(module, name, place)
    counting.count_all(tmp_path / "e", at=NOW)
    assert totals() == reference


def test_without_the_offset_and_the_seen_ids_it_would_count_twice(flight, tmp_path):
    """The negative control of counting once."""
    events, (_gross, net, _) = traffic(flight)
    write(tmp_path / "e", events)
    counting.count_all(tmp_path / "e", at=NOW)
    SegmentOffset.objects.all().delete()
    counting.count_all(tmp_path / "e", at=NOW)
    assert totals()[1] == net  # the ids alone hold
    SegmentOffset.objects.all().delete()
    SeenEvent.objects.all().delete()
    counting.count_all(tmp_path / "e", at=NOW)
    assert totals()[1] == 2 * net


def test_what_is_appended_to_an_open_segment_is_counted_next_time(flight, tmp_path):
    write(tmp_path / "e", [event(flight, 1)])
    counting.count_all(tmp_path / "e", at=NOW)
    write(tmp_path / "e", [event(flight, 2)], mode="ab")
    assert (counting.count_all(tmp_path / "e", at=NOW).read, totals()) == (1, (2, 2, {}))


def test_expired_beacons_show_in_gross_and_forged_ones_nowhere(flight, tmp_path):
    stale = dataclasses.replace(event(flight, 1, "refused"), reason="expired")
    write(tmp_path / "e", [
        dataclasses.replace(stale, id="n1.impression.refused"), dataclasses.replace(stale, id="n2.click.refused"),
        dataclasses.replace(stale, id="n3.refused", reason="forged", flight_id=0), event(flight, 4),
        event(flight, 5, "request", flight_id=0),
    ])  # fmt: skip
    counting.count_all(tmp_path / "e", at=NOW)
    assert totals() == (2, 1, {"expired_signature": 1})
    assert facts() == [(START, "mobile", 0, 2, 1, 0)]


def test_weights_count_as_many(flight, tmp_path):
    write(tmp_path / "e", [event(flight, 1, weight=10), event(flight, 2, weight=3, bot="x")])
    counting.count_all(tmp_path / "e", at=NOW)
    assert totals() == (13, 10, {"known_bot": 3})


def test_old_ids_are_forgotten(flight, tmp_path):
    write(tmp_path / "e", [event(flight, 1)])
    counting.count_all(tmp_path / "e", at=NOW)
    days = datetime.timedelta(days=1)
    assert [counting.forget(at=START + days * n) for n in (46, 47)] == [0, 1]


def test_what_is_heard_and_what_follows_a_click_is_counted_once_and_only_of_the_accepted(flight, tmp_path):
    heard = [event(flight, 1, "audible"), event(flight, 2, "audible", bot="x"), event(flight, 3, "audible", test=True)]
    bought = [dataclasses.replace(event(flight, n, "conversion", hour=n), id=f"{order}.conversion") for n, order in ((1, "A-1"), (2, "A-2"), (9, "A-1"))]
    write(tmp_path / "e", [*heard, *bought, heard[0]])
    counting.count_all(tmp_path / "e", at=NOW)
    month = START + datetime.timedelta(days=30)
    again = dataclasses.replace(bought[0], at=round(month.timestamp() * 1000))  # somebody opens the confirmation once more
    write(tmp_path / "e", [again], name="20261220T09-1")
    counting.count_all(tmp_path / "e", at=month)
    assert Fact.objects.aggregate(heard=Sum("audible"), bought=Sum("conversions"), gross=Sum("gross")) == {"heard": 1, "bought": 2, "gross": 0}

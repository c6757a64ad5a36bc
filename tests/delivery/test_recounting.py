"""An old day by its old rules gives the old number; by new rules the difference is shown before anything is replaced."""

import dataclasses
import datetime
import json

import pytest
from django.db.models import Sum

from makegood.core.errors import Invalid, NotAllowed, Refused
from makegood.core.models import Activity
from makegood.delivery.actions import counting, recounting
from makegood.delivery.models import Apart, CountingRules, Fact, Filtered, Recount
from tests.delivery.test_counting import event, facts, totals, write
from tests.factories import orders
from tests.factories.accounts import NOW

DAY = datetime.date(2026, 11, 20)
OLD, NEW = "2026-11", "2026-11-28"
WHY = "robots found by the November audit"


@pytest.fixture
def flight(db):
    return orders.booked().lines.get().flights.get()


@pytest.fixture
def folder(flight, tmp_path):
    """Twenty ordinary impressions with a click each, one of no size, one by a robot only the new rules know."""
    more = [event(flight, 30, zero_size=True), event(flight, 31, agent="Mozilla/5.0 (compatible; GPTBot/1.1)")]
    plain = [event(flight, n, kind, age_ms=400 if n < 3 else 9_000) for n in range(20) for kind in ("impression", "click")]
    write(tmp_path / "e", [*plain, *more, plain[0]])
    counting.count_all(tmp_path / "e", at=NOW)
    return tmp_path / "e"


def rows():
    names = ("flight_id", "placement_id", "hour", "rules")
    return list(Fact.objects.order_by("pk").values(*names, "gross", "net", "clicks")), list(Filtered.objects.order_by("reason").values(*names, "reason", "count"))


def test_by_its_old_rules_an_old_day_gives_the_old_number(folder, finance):
    before = rows()
    found = recounting.preview(folder, DAY, DAY, OLD, by=finance, at=NOW)
    assert (found.changed, found.missing, found.done) == ((), (), None)
    assert recounting.recount(folder, DAY, DAY, OLD, why=WHY, by=finance, at=NOW).changed == ()
    assert rows() == before


def test_by_new_rules_the_difference_is_shown_before_anything_changes(folder, finance, flight):
    before = rows()
    found = recounting.preview(folder, DAY, DAY, NEW, by=finance, at=NOW)
    one = found.changed[0]
    assert (one.flight_id, one.day, one.before.net, one.after.net, found.net) == (flight.pk, DAY, 21, 20, -1)
    assert (dict(one.before.filtered), dict(one.after.filtered)) == ({"duplicate": 1, "prefetch": 1}, {"duplicate": 1, "known_bot": 1, "zero_size": 1})
    assert (one.before.clicks, one.after.clicks) == (20, 17)  # three clicked within a second of serving
    assert (rows(), Recount.objects.count()) == (before, 0)


def test_done_it_replaces_the_counts_and_leaves_its_record(folder, finance, flight):
    recounting.recount(folder, DAY, DAY, NEW, why=WHY, by=finance, at=NOW)
    assert totals() == (23, 20, {"duplicate": 1, "known_bot": 1, "zero_size": 1})
    assert {one["rules"] for part in rows() for one in part} == {NEW}
    done = Recount.objects.get()
    assert (done.by, done.why, done.changes[0]["before"]["net"], done.changes[0]["after"]["net"]) == (finance, WHY, 21, 20)
    noted = Activity.objects.get(verb="delivery.recounted")
    assert (noted.subject_id, noted.before, noted.after) == (flight.pk, {"net": 21}, {"net": 20, "rules": NEW, "days": 1})


def test_what_comes_later_for_a_recounted_day_is_counted_by_its_new_rules(folder, flight, finance):
    recounting.recount(folder, DAY, DAY, NEW, why=WHY, by=finance, at=NOW)
    write(folder, [event(flight, 50, zero_size=True), event(flight, 3)], name="later")
    counting.count_all(folder, at=NOW)
    assert totals() == (25, 20, {"duplicate": 2, "known_bot": 1, "zero_size": 2})
    back = recounting.recount(folder, DAY, DAY, OLD, why="the audit was wrong", by=finance, at=NOW)
    assert (back.net, totals()) == (1, (25, 21, {"duplicate": 2, "prefetch": 2}))


def test_with_events_missing_nothing_is_replaced(folder, flight, finance):
    (folder / "20261120T09-1.seg").write_bytes(b"".join(event(flight, n).line() for n in range(5)))
    found = recounting.preview(folder, DAY, DAY, OLD, by=finance, at=NOW)
    assert [(one.before.gross, one.after.gross) for one in found.missing] == [(23, 5)]
    with pytest.raises(Refused, match=f"the kept events give 5 impressions of flight {flight.pk} on 2026-11-20, 23 are stored"):
        recounting.recount(folder, DAY, DAY, NEW, why=WHY, by=finance, at=NOW)
    assert totals()[1] == 21


@pytest.mark.parametrize(
    ("change", "words"),
    [({"rules": "2031"}, "no rule set '2031'"), ({"why": " "}, "says why"), ({"last": DAY - datetime.timedelta(days=1)}, "lies before")],
)
def test_what_makes_no_sense_is_refused(folder, finance, change, words):
    asked = {"first": DAY, "last": DAY, "rules": NEW, "why": WHY} | change
    with pytest.raises(Invalid, match=words):
        recounting.recount(folder, by=finance, at=NOW, **asked)


def test_only_finance_recounts(folder, trafficker):
    with pytest.raises(NotAllowed):
        recounting.preview(folder, DAY, DAY, NEW, by=trafficker, at=NOW)


def test_a_sellers_own_rules_are_kept_as_first_used(folder, settings, tmp_path, finance):
    settings.COUNTING_RULES_FOLDER = tmp_path / "rules"
    settings.COUNTING_RULES_FOLDER.mkdir()
    path, own = tmp_path / "rules" / "ours.json", {"version": "ours-1", "from": "2030-01-01", "reasons": ["duplicate", "expired_signature"]}
    path.write_text(json.dumps(own))
    assert recounting.preview(folder, DAY, DAY, "ours-1", by=finance, at=NOW).net == 1  # what had no size counts
    assert CountingRules.objects.get(version="ours-1").data == own
    path.write_text(json.dumps(own | {"reasons": ["duplicate", "expired_signature", "known_bot"]}))
    with pytest.raises(Invalid, match="ours-1 was used with other content"):
        counting.count_all(_more(folder), at=NOW)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"reasons": ["known_bot"]}, "duplicate always filters"), ({"reasons": ["boredom"]}, "boredom"), ({"sundays": 1}, "unknown key 'sundays'"),
        ({"per_minute": {"impression": 0}}, "per_minute.impression"), ({"networks": ["10.0.0.0/99"]}, "10.0.0.0/99"),
    ],
)  # fmt: skip
def test_a_bad_rule_set_is_named(db, settings, tmp_path, change, words):
    settings.COUNTING_RULES_FOLDER = tmp_path
    good = {"version": "x", "from": "2030-01-01", "reasons": ["duplicate", "expired_signature", "impossible_rate"]}
    (tmp_path / "x.json").write_text(json.dumps(good | change))
    (tmp_path / "e").mkdir()
    (tmp_path / "e" / "1.seg").write_bytes(b'{"id":"1.request","kind":"request","at":1}\n')
    with pytest.raises(Invalid, match=words):
        counting.count_all(tmp_path / "e", at=NOW)


def test_more_a_minute_than_a_person_can_see_counts_nothing_of_that_minute(flight, tmp_path):
    start = datetime.datetime(2026, 12, 1, 9, tzinfo=datetime.UTC)
    later = int((start - datetime.datetime(2026, 11, 20, 9, tzinfo=datetime.UTC)).total_seconds() * 1000)

    def burst(numbers, sender):
        made = [event(flight, n, sender=sender) for n in numbers]
        return [type(one)(**{name: getattr(one, name) for name in one.__slots__} | {"at": one.at % 50_000 + later + _MINUTE}) for one in made]

    write(tmp_path / "e", [*burst(range(120), 7), *burst(range(200, 300), 8)])
    counting.count_all(tmp_path / "e", at=start)
    assert totals() == (220, 220, {})
    write(tmp_path / "e", burst(range(500, 501), 7), name="second")  # the 121st takes the others with it
    counting.count_all(tmp_path / "e", at=start)
    assert totals() == (221, 100, {"impossible_rate": 121})
    assert facts()[0][3:5] == (221, 100)


_MINUTE = int(datetime.datetime(2026, 11, 20, 9, tzinfo=datetime.UTC).timestamp() * 1000)


def test_events_too_late_or_from_the_future_are_kept_apart(flight, tmp_path):
    write(tmp_path / "e", [event(flight, 1), event(flight, 2, hour=24 * 5), event(flight, 3, hour=24 * 60)])
    made = counting.count_all(tmp_path / "e", at=NOW + datetime.timedelta(days=43))
    assert (made.apart, totals()) == ({"too_late": 1, "clock_ahead": 1}, (1, 1, {}))
    assert list(Apart.objects.order_by("reason").values_list("flight_id", "reason", "count")) == [(flight.pk, "clock_ahead", 1), (flight.pk, "too_late", 1)]


def _more(folder):
    (folder / "zz.seg").write_bytes(b'{"id":"1.request","kind":"request","at":1}\n')
    return folder


def test_an_order_reported_again_long_after_stays_one_conversion(folder, flight, finance):
    day = datetime.timedelta(days=1)
    for n, at in enumerate((NOW, NOW + 10 * day)):
        ordered = dataclasses.replace(event(flight, 1, "conversion"), id="A-1.conversion", at=round(at.timestamp() * 1000))
        write(folder, [ordered, dataclasses.replace(event(flight, 60 + n), at=ordered.at)], name=f"of-{n}")
        counting.count_all(folder, at=at + day)
    last = (NOW + 10 * day).date()
    recounting.recount(folder, last, last, NEW, why=WHY, by=finance, at=NOW + 12 * day)
    assert Fact.objects.aggregate(bought=Sum("conversions"), net=Sum("net")) == {"bought": 1, "net": 23}

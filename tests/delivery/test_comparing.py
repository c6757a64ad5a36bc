"""Two counters of a line: band by day, money between them, the planted cause with its next step; rivals see nothing."""

import datetime

import pytest

from makegood.core.models import Membership
from makegood.delivery.actions import comparing
from makegood.delivery.models import Discrepancy, ThirdPartyCount, VendorLayout
from makegood.delivery.queries import counts, discrepancies
from makegood.engine.periods import Period
from tests import personas
from tests.factories import accounts, delivery, orders

DAY = datetime.timedelta(days=1)
START = orders.START
NOW = datetime.datetime(2026, 12, 18, 15, tzinfo=datetime.UTC)


@pytest.fixture
def line(db):
    return orders.booked().lines.get()


def days(*units):
    return {START + n * DAY: one for n, one in enumerate(units)}


def compared(line, ours, theirs, **more):
    delivery.count(line, days(*ours), **more)
    delivery.third_party(line, {day: units for day, units in days(*theirs).items() if units is not None})
    comparing.compare([line], by=None, at=NOW)
    return Discrepancy.objects.get()


EVEN = (20_000, 21_500, 19_800, 23_000, 20_700, 18_900)


def test_small_differences_are_within_and_ask_for_nothing(line):
    one = compared(line, EVEN, [round(n * 0.97) for n in EVEN])
    assert (one.tier, one.cause, one.findings) == ("within", "", [])
    assert discrepancies.words(one).sentence == "Within what two counters differ by."


def test_missing_days_are_named_with_money_and_next_step(line, campaign_manager):
    one = compared(line, EVEN, (20_000, 21_400, None, 22_900, None, 18_800))
    said = discrepancies.words(one)
    assert (one.tier, one.cause, one.findings[0]["value"]) == ("incident", "missing_days", 2)
    assert one.at_stake == (one.ours - one.theirs) * line.amount / line.quantity
    assert said.sentence == "They have no count for 2 days on which we delivered."
    assert (said.step[:38], said.owner) == ("Ask Adserve One for the missing days, ", line.order.campaign_manager)
    assert [(day["ours"], day["theirs"], day["tier"]) for day in one.days][2:4] == [(19_800, 0, "incident"), (23_000, 22_900, "within")]


def test_a_tag_counted_twice(line):
    one = compared(line, EVEN, [2 * n - 40 for n in EVEN])
    assert (one.cause, one.findings[0]["value"], discrepancies.words(one).sentence) == ("duplicate_placement", 2, "They count 2 times what we do, day after day.")


def test_a_shifted_day(line):
    one = compared(line, (60_000, 10_000, 55_000, 8_000, 70_000, 9_000), (0, 60_000, 10_000, 55_000, 8_000, 70_000))
    assert one.cause == "time_zone"
    assert "hours earlier than ours" in discrepancies.words(one).sentence


def test_they_count_what_we_filter(line):
    more = (5_000, 900, 7_000, 300, 6_000, 4_000)
    for (day, units), bots in zip(days(*EVEN).items(), more, strict=True):
        delivery.count(line, {day: units}, filtered={"known_bot": bots})
    one = compared(line, (), [ours + bots for ours, bots in zip(EVEN, more, strict=True)])
    assert (one.cause, discrepancies.words(one).sentence) == ("filtering", "They count what we filter.")


def test_too_few_to_say(line):
    one = compared(line, (300, 200), (10, 20))
    assert (one.tier, one.cause) == ("too_few", "")


def test_days_not_loaded_yet_are_not_missing(line):
    one = compared(line, EVEN, EVEN[:3])
    assert (one.last, one.tier) == (START + 2 * DAY, "within")


def test_only_what_changed_is_due(line):
    compared(line, EVEN, EVEN)
    later = NOW + datetime.timedelta(days=30)
    assert [one.pk for one in comparing.due(NOW)] == [line.pk]  # it still runs
    assert comparing.due(later) == []
    ThirdPartyCount.objects.update(at=later)
    assert [one.pk for one in comparing.due(later)] == [line.pk]


def test_of_two_who_count_only_one_is_billed(line):
    delivery.third_party(line, days(100, 100, 100))
    delivery.third_party(line, days(90, 90), vendor="Verify")
    whole = Period(orders.START, orders.END)
    assert counts.of_lines([line], whole, line.order.zone)[line.pk].third_party == 300
    VendorLayout.objects.create(vendor="Adserve One", columns={}, bills=False, at=NOW)
    assert counts.of_lines([line], whole, line.order.zone)[line.pk].third_party == 180
    assert counts.of_line(line, [whole], line.order.zone)[0].third_party == 180


def test_a_rival_sees_nothing(line, lead):
    compared(line, EVEN, [n // 2 for n in EVEN])
    rival, own = personas.client_of(accounts.advertiser("Meridian Rail").party, "Rhea Rival"), personas.person("Lena Ortiz", "client")
    Membership.objects.create(person=own, party_id=line.order.advertiser_id)
    seen = [discrepancies.discrepancy_list(one).count() for one in (lead, own, rival)]
    assert seen == [1, 1, 0]
    assert discrepancies.summary(rival).lines == 0


def test_the_number_of_queries_does_not_grow_with_lines(line, django_assert_num_queries):
    compared(line, EVEN, EVEN)
    other = orders.order("Second")
    orders.line(other, quantity=100_000)
    second = orders.booked(other).lines.get()
    delivery.count(second, days(*EVEN))
    delivery.third_party(second, days(*EVEN))
    with django_assert_num_queries(7):
        comparing.compare([line], by=None, at=NOW)
    with django_assert_num_queries(7):
        comparing.compare([line, second], by=None, at=NOW)

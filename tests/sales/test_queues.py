"""The queue behind a hold: second and third, coming up, challenging, going before others, keeping longer, booking."""

import datetime

import pytest
from django.db import IntegrityError, connection, transaction

from makegood.accounts.models import Account
from makegood.core.errors import Invalid, NotAllowed, Refused
from makegood.core.models import Activity, Notification, Role
from makegood.orders import availability
from makegood.orders.actions import booking
from makegood.orders.errors import AlreadyTaken, NotEnough
from makegood.sales import queries
from makegood.sales.actions import challenging, extending, holds, policy, queueing
from makegood.sales.models import Challenge, Hold
from makegood.work.models import Approval
from makegood.workflows import holding
from makegood.workflows.ordering import deciding
from tests import personas
from tests.factories import accounts, catalog, orders
from tests.factories.accounts import NOW

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
FIRST = orders.START


@pytest.fixture(autouse=True)
def _in_new_york(db):
    accounts.seller()


class Blind:
    """Who knows of no bookings at all."""

    def refuse_booked(self, *_): ...

    def sold(self, _):
        return set()

    def in_the_way(self, _, *, at):
        return []


def account(name):
    return Account.objects.filter(party__name=name).first() or accounts.advertiser(name)


def hold(client, by, *, product=None, first=0, days=7, until=3, **more):
    start = FIRST + first * DAY
    asked = {"start": start, "end": start + (days - 1) * DAY, "units": days, "expires_at": NOW + until * DAY, "by": by, "at": NOW}
    return holding.place(product or catalog.takeover(), account(client), **(asked | more))


def seen(*some):
    for one in some:
        one.refresh_from_db()
    return [(one.status, one.waits_for_id, one.place) for one in some]


def told(person):
    return sorted(Notification.objects.filter(person=person).values_list("activity__verb", flat=True))


def line_of(client, product, first, days):
    made = orders.order(f"For {client}", advertiser=account(client))
    start = FIRST + first * DAY
    orders.line(made, product, quantity=days, start=start, end=start + (days - 1) * DAY)
    return orders.signed(made)


@pytest.fixture
def three(account_manager, sales, campaign_manager):
    """Oatfield has the week, Meridian waits second, Kestrel third."""
    return hold("Oatfield Foods", account_manager), hold("Meridian Rail", sales, until=5), hold("Kestrel Outdoor", campaign_manager, first=3, days=2)


def test_later_holds_of_the_same_days_are_second_and_third_and_take_nothing(three):
    first, second, third = three
    assert seen(*three) == [("held", None, None), ("queued", first.pk, 2), ("queued", first.pk, 3)]
    assert list(queries.in_force(NOW)) == [first]
    assert [one.pk for one in queries.queue([first.pk])[first.pk]] == [second.pk, third.pk]


def test_when_the_first_lapses_the_second_has_it_for_as_long_as_it_asked_and_both_owners_are_told(three, account_manager, sales):
    first, second, _third = three
    later = first.expires_at
    assert (holding.expire_due(at=later), holding.expire_due(at=later)) == (1, 0)
    assert seen(*three) == [("expired", None, None), ("held", None, None), ("queued", second.pk, 2)]
    assert (second.held_at, second.expires_at, second.took_over) == (later, later + 5 * DAY, first)
    assert (told(account_manager), told(sales)) == (["hold.came_up"], ["hold.came_up"])


def test_handing_over_needs_somebody_who_waits_and_names_both_in_the_history(three, account_manager):
    first, second, _ = three
    holding.hand_over(first, by=account_manager, at=NOW, why="They are further")
    assert seen(first, second) == [("handed_over", None, None), ("held", None, None)]
    verbs = list(Activity.objects.filter(subject_id=second.pk, subject_type="sales.hold").order_by("pk").values_list("verb", "why"))
    assert verbs[-2:] == [("hold.held", "after Oatfield Foods"), ("hold.came_up", "Oatfield Foods had it until now")]
    other = hold("Velo City", account_manager, first=30)
    with pytest.raises(Refused, match="nobody waits"):
        holding.hand_over(other, by=account_manager, at=NOW)


def test_who_leaves_the_queue_lets_the_others_forward(three, sales):
    first, second, _third = three
    holding.release(second, by=sales, at=NOW)
    assert seen(*three) == [("held", None, None), ("released", None, None), ("queued", first.pk, 2)]


def test_two_behind_one_on_different_days_both_come_up(account_manager, sales):
    first = hold("Oatfield Foods", account_manager)
    one, two = hold("Meridian Rail", sales, days=2), hold("Kestrel Outdoor", sales, first=4, days=2)
    holding.release(first, by=account_manager, at=NOW)
    assert seen(one, two) == [("held", None, None), ("held", None, None)]


def test_who_had_it_last_time_goes_before_and_a_lead_before_all_with_a_reason(three, sales, lead):
    first, second, third = three
    usual = hold("Harrow Mutual", sales, priority=Hold.Priority.INCUMBENT)
    assert seen(usual, second, third) == [("queued", first.pk, 2), ("queued", first.pk, 3), ("queued", first.pk, 4)]
    with pytest.raises(NotAllowed):
        queueing.jump(third, 2, by=sales, at=NOW, why="mine")
    with pytest.raises(Invalid, match="reason"):
        queueing.jump(third, 2, by=lead, at=NOW, why=" ")
    with pytest.raises(Invalid, match="not before"):
        queueing.jump(third, 4, by=lead, at=NOW, why="the board asked")
    queueing.jump(third, 2, by=lead, at=NOW, why="the board asked")
    assert seen(third, usual, second) == [("queued", first.pk, 2), ("queued", first.pk, 3), ("queued", first.pk, 4)]
    assert told(sales) == ["hold.jumped"]


def test_a_challenged_hold_is_booked_in_two_business_days_or_goes(three, sales, account_manager, campaign_manager):
    first, second, third = three
    with pytest.raises(Refused, match="only the second"):
        challenging.challenge(third, by=campaign_manager, at=NOW)
    made = challenging.challenge(second, by=sales, at=NOW, why="They sign today")
    assert made.answer_by == datetime.datetime(2026, 11, 25, 22, tzinfo=datetime.UTC)  # Wednesday at five in New York
    assert (told(account_manager), told(sales)) == (["hold.challenged"], ["hold.challenged"])
    with pytest.raises(Refused, match="Meridian Rail challenged it"):
        extending.extend(first, NOW + 4 * DAY, by=account_manager, at=NOW, why="more time")
    assert holding.expire_due(at=made.answer_by - datetime.timedelta(seconds=1)) == 0
    assert holding.expire_due(at=made.answer_by) == 1
    made.refresh_from_db()
    assert (made.outcome, seen(first, second)) == ("overdue", [("released", None, None), ("held", None, None)])


def test_a_challenge_skips_holidays_and_weekends(three, sales):
    thursday = datetime.datetime(2026, 11, 25, 15, tzinfo=datetime.UTC)
    assert challenging.answer_by(thursday) == datetime.datetime(2026, 11, 30, 22, tzinfo=datetime.UTC)  # Thanksgiving and a weekend between


def test_a_challenge_is_withdrawn_or_ends_with_the_challenger(three, sales):
    _first, second, _third = three
    challenging.challenge(second, by=sales, at=NOW)
    challenging.withdraw(second, by=sales, at=NOW)
    with pytest.raises(Refused, match="challenges nobody"):
        challenging.withdraw(second, by=sales, at=NOW)
    made = challenging.challenge(second, by=sales, at=NOW)
    holding.release(second, by=sales, at=NOW)
    made.refresh_from_db()
    assert made.outcome == "withdrawn" and not Challenge.objects.filter(ended_at=None).exists()


def test_booking_converts_the_hold_answers_the_challenge_and_tells_who_waited(three, sales):
    first, second, _third = three
    made = challenging.challenge(second, by=sales, at=NOW)
    order = line_of("Oatfield Foods", first.product, 0, 7)
    booking.book(order, by=None, at=NOW)
    made.refresh_from_db()
    assert seen(*three) == [("converted", None, None), ("released", None, None), ("released", None, None)]
    assert (made.outcome, told(sales)) == ("booked", ["hold.challenged", "hold.sold_before"])


def test_who_waits_cannot_book_and_is_told_who_holds(three):
    first, _second, _ = three
    with pytest.raises(NotEnough, match="Oatfield Foods holds it until 26 Nov"):
        booking.book(line_of("Meridian Rail", first.product, 0, 7), by=None, at=NOW)


def test_what_lapsed_unnoticed_belongs_to_the_second_not_to_who_comes_next(three, account_manager):
    first, second, _ = three
    later = first.expires_at + datetime.timedelta(minutes=1)
    late = hold("Velo City", account_manager, at=later, expires_at=later + DAY)
    assert seen(first, second, late) == [("expired", None, None), ("held", None, None), ("queued", second.pk, 3)]
    with pytest.raises(NotEnough, match="Meridian Rail holds"):
        booking.book(line_of("Harrow Mutual", first.product, 0, 7), by=None, at=later)


def test_booked_days_are_not_held_and_the_refusal_says_who_has_them(account_manager):
    product = catalog.takeover()
    order = booking.book(line_of("Oatfield Foods", product, 2, 1), by=None, at=NOW)
    with pytest.raises(AlreadyTaken, match=f"Oatfield Foods \\({order.number}\\) has it from 2026-12-09 until 2026-12-09"):
        hold("Meridian Rail", account_manager, product=product)
    with pytest.raises(Refused, match="booked"):  # without looking first: the database
        holds.place(product, account("Meridian Rail"), room=Blind(), start=FIRST, end=FIRST + 6 * DAY, units=7, expires_at=NOW + DAY, by=account_manager, at=NOW)


def test_what_was_sold_meanwhile_releases_who_would_come_up(account_manager, sales):
    first = hold("Oatfield Foods", account_manager, days=2)
    second = hold("Meridian Rail", sales, days=4)
    booking.book(line_of("Velo City", first.product, 3, 1), by=None, at=NOW)
    holding.release(first, by=account_manager, at=NOW)
    assert (seen(second), told(sales)) == ([("released", None, None)], ["hold.sold_before"])


def test_shares_of_voice_are_held_up_to_the_whole_and_no_further(account_manager, sales):
    half = catalog.shared(50)
    one = hold("Oatfield Foods", account_manager, product=half)
    two = hold("Meridian Rail", sales, product=half, first=2)
    three = hold("Kestrel Outdoor", sales, product=half, first=4, share_pct=10)
    whole = hold("Velo City", sales, first=1, days=1)
    assert seen(one, two, three, whole) == [("held", None, None), ("held", None, None), ("queued", one.pk, 2), ("queued", one.pk, 3)]
    holding.release(two, by=sales, at=NOW)
    assert seen(three, whole) == [("held", None, None), ("queued", one.pk, 2)]  # it waited for the first, and the second's end was enough
    holding.release(one, by=account_manager, at=NOW)
    assert [state for state, _, _ in seen(three, whole)] == ["held", "held"]
    for wrong in (0, 101):
        with pytest.raises(Invalid, match="share"):
            hold("Velo City", sales, product=half, share_pct=wrong)
    with pytest.raises(Invalid, match="sold whole"):
        hold("Velo City", sales, share_pct=20)


def test_the_database_holds_shares_and_queues_whoever_writes(account_manager, sales):
    half = catalog.shared(50)
    one, two = hold("Oatfield Foods", account_manager, product=half), hold("Meridian Rail", sales, product=half)
    third = hold("Kestrel Outdoor", sales, product=half)
    with pytest.raises(IntegrityError, match="would be 110 per cent"), transaction.atomic():
        Hold.objects.filter(pk=two.pk).update(share_pct=60)
    for fields in ({"place": None}, {"waits_for": None}, {"place": 1}):
        with pytest.raises(IntegrityError, match="hold_queued_behind_one"), transaction.atomic():
            Hold.objects.filter(pk=third.pk).update(**fields)
    fourth = hold("Velo City", sales, product=half)
    with pytest.raises(IntegrityError, match="hold_place_once"), transaction.atomic():
        Hold.objects.filter(pk=fourth.pk).update(place=2)
        _now()
    with pytest.raises(IntegrityError, match="no longer in force"), transaction.atomic():
        Hold.objects.filter(pk=fourth.pk).update(waits_for=third.pk)
        _now()
    assert one.status == "held"


def _now():
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")


def test_longer_than_ones_days_needs_an_approval_which_extends_it(account_manager, lead):
    first = hold("Oatfield Foods", account_manager)
    extending.extend(first, NOW + 10 * DAY, by=account_manager, at=NOW, why="board meets")
    with pytest.raises(Refused, match="1 days more than you may"):
        extending.extend(first, NOW + 11 * DAY, by=account_manager, at=NOW, why="board again")
    orders.rule("hold_extension")
    asked = extending.extend(first, NOW + 11 * DAY, by=account_manager, at=NOW, why="board again")
    assert (asked.status, asked.measure) == ("pending", 1)
    with pytest.raises(NotAllowed):
        deciding.decide(asked, "approved", by=account_manager, at=NOW)
    deciding.decide(asked, "approved", by=lead, at=NOW)
    first.refresh_from_db()
    assert first.expires_at == NOW + 11 * DAY
    assert extending.extend(first, NOW + 13 * DAY, by=lead, at=NOW, why="lead") is None


def test_an_approval_given_for_what_has_changed_extends_nothing(account_manager, lead):
    first = hold("Oatfield Foods", account_manager)
    orders.rule("hold_extension")
    asked = extending.extend(first, NOW + 12 * DAY, by=account_manager, at=NOW, why="board")
    extending.extend(first, NOW + 4 * DAY, by=account_manager, at=NOW, why="a day")
    deciding.decide(Approval.objects.get(pk=asked.pk), "approved", by=lead, at=NOW)
    first.refresh_from_db()
    assert first.expires_at == NOW + 4 * DAY


def test_the_rules_are_data_and_only_leads_change_them(account_manager, lead):
    with pytest.raises(NotAllowed):
        policy.change(longest_days=5, challenge_days=1, extend_days={}, by=account_manager, at=NOW)
    with pytest.raises(Invalid, match="king"):
        policy.change(longest_days=5, challenge_days=1, extend_days={"king": 3}, by=lead, at=NOW)
    policy.change(longest_days=5, challenge_days=1, extend_days={Role.SALES: 1}, by=lead, at=NOW, why="shorter")
    with pytest.raises(Invalid, match="within 5 days"):
        hold("Oatfield Foods", account_manager, until=6)
    assert challenging.answer_by(NOW) == datetime.datetime(2026, 11, 24, 22, tzinfo=datetime.UTC)


def test_impressions_queue_behind_the_hold_that_has_them_and_come_up_as_far_as_they_go(account_manager, sales):
    product = catalog.run_of_site(requests=100_000)
    days = {"product": product, "days": 7}
    first = hold("Oatfield Foods", account_manager, units=600_000, **days)
    second, third = hold("Meridian Rail", sales, units=400_000, **days), hold("Kestrel Outdoor", sales, units=150_000, **days)
    fourth = hold("Velo City", sales, units=300_000, **days)
    assert seen(first, second, third, fourth) == [("held", None, None), ("queued", first.pk, 2), ("queued", first.pk, 3), ("queued", first.pk, 4)]
    holding.release(first, by=account_manager, at=NOW)
    assert seen(second, third, fourth) == [("held", None, None), ("held", None, None), ("queued", second.pk, 2)]


def test_one_client_does_not_wait_for_itself(account_manager):
    hold("Oatfield Foods", account_manager)
    with pytest.raises(Refused, match="holds 2026-12-07 to 2026-12-13 already"):
        hold("Oatfield Foods", account_manager)


def test_a_client_sees_no_queue(three):
    assert queries.hold_list(personas.client_of(three[0].advertiser.party, "Lena Ortiz")).count() == 0


def test_avails_count_what_is_held_once_and_what_waits_not_at_all(account_manager, sales):
    product = catalog.run_of_site(requests=100_000)
    ask = availability.Wish(product, FIRST, FIRST + 6 * DAY, 1)
    first = hold("Oatfield Foods", account_manager, product=product, units=600_000)
    alone = availability.what_if(ask, None, at=NOW)
    hold("Meridian Rail", sales, product=product, units=400_000)
    assert availability.what_if(ask, None, at=NOW) == alone and alone.held == 600_000
    holding.release(first, by=account_manager, at=NOW)
    after = availability.what_if(ask, None, at=NOW)
    assert (after.held, [one.name for one in after.holders]) == (400_000, ["Meridian Rail"])


def test_a_day_of_a_share_says_what_is_left_and_who_has_the_rest(account_manager, sales):
    half, quarter = catalog.shared(50), catalog.shared(25)
    hold("Oatfield Foods", account_manager, product=half, days=2)
    booking.book(line_of("Meridian Rail", half, 0, 1), by=None, at=NOW)
    found = availability.what_if(availability.Wish(quarter, FIRST, FIRST + 2 * DAY, 3), account("Velo City"), at=NOW)
    assert (found.available, found.reserved, found.held, found.says) == (2, 0, 1, f"{found.holders[0].name} leaves too little of 1 of 3 days")
    with pytest.raises(NotEnough, match="Oatfield Foods holds"):
        booking.book(line_of("Velo City", quarter, 0, 3), by=None, at=NOW)
    booking.book(line_of("Harrow Mutual", quarter, 1, 2), by=None, at=NOW)

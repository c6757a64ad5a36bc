"""Creatives of a flight take turns as somebody chose; an optimised rotation goes by what each achieved, among those of its shape."""

import datetime

import pytest

from makegood.core.errors import Invalid, NotAllowed, Refused
from makegood.engine.decision import Decider
from makegood.trafficking.actions import assigning, publishing, qa, rotating
from makegood.trafficking.models import Rotation
from makegood.trafficking.plan import compiling
from makegood.trafficking.plan.turns import Tally
from tests.factories import creatives as make
from tests.factories import trafficking
from tests.factories.creatives import NOW


@pytest.fixture
def pair(flight, version, bank, reviewer, trafficker):
    """Two creatives of the flight's size, 3 to 1."""
    other = make.approved(bank, reviewer, name="Second thoughts", seed=1)
    return [assigning.assign(flight, one, weight=weight, by=trafficker, at=NOW) for one, weight in ((version, 300), (other, 100))]


def planned(**learnt):
    entry, = compiling.compile(compiling.flights(NOW), at=NOW, version=7, **learnt).flights
    return entry


def weights(entry):
    return [one.weight for one in entry.creatives]


def test_unasked_they_go_by_their_weights(pair):
    assert (planned().rotation, weights(planned()), planned().roadblock) == ("weighted", [300, 100], False)


@pytest.mark.parametrize("kind", ["even", "weighted", "sequential"])
def test_what_is_chosen_is_in_the_plan(flight, pair, trafficker, kind):
    rotating.rotate(flight, kind, roadblock=True, by=trafficker, at=NOW)
    entry = planned()
    assert (entry.rotation, weights(entry), entry.roadblock) == (kind, [300, 100], True)
    Decider(compiling.compile(compiling.flights(NOW), at=NOW, version=1))  # the ad server can read it


def test_an_optimised_one_begins_evenly_and_then_shows_more_of_what_is_clicked(flight, pair, trafficker):
    rotating.rotate(flight, "optimised", aim="clicks", by=trafficker, at=NOW)
    assert weights(planned()) == [0.5, 0.5]
    first, second = (one.version_id for one in pair)
    learnt = {flight.pk: {first: Tally(20_000, 60), second: Tally(20_000, 120)}}
    better = weights(planned(learnt=learnt))
    assert better[1] > 0.95 and better[0] >= 0.025  # the exploration floor of engine.rotation
    assert weights(planned(learnt=learnt)) == better, "the same plan twice"
    unsure = weights(planned(learnt={flight.pk: {first: Tally(200, 1), second: Tally(200, 2)}}))
    assert 0.5 < unsure[1] < 0.9


def test_creatives_of_another_size_do_not_compete(bank, reviewer, campaign_manager, trafficker):
    order = trafficking.order(bank, campaign_manager, trafficking.product("two", ("300x250", "728x90")))
    flight = trafficking.flight(order)
    made = [make.approved(bank, reviewer, name=f"{size} {n}", size=size, seed=n) for size in ("300x250", "728x90") for n in range(2)]
    rows = [assigning.assign(flight, one, by=trafficker, at=NOW) for one in made]
    rotating.rotate(flight, "optimised", aim="clicks", by=trafficker, at=NOW)
    tallies = dict(zip((row.version_id for row in rows), (Tally(9_000, 90), Tally(9_000, 9), Tally(9_000, 5), Tally(9_000, 1)), strict=True))
    small, worse, wide, worst = weights(planned(learnt={flight.pk: tallies}))
    assert small + worse == pytest.approx(1) and wide + worst == pytest.approx(1)
    assert small > 0.9 and wide > 0.8, "a leaderboard with a tenth of the clicks is still the best leaderboard"


@pytest.mark.parametrize(
    ("wanted", "error", "said"),
    [
        ({"kind": "shuffled"}, Invalid, "no rotation 'shuffled'"),
        ({"kind": "optimised"}, Invalid, "needs an aim"),
        ({"kind": "even", "aim": "clicks"}, Invalid, "only an optimised rotation"),
        ({"kind": "optimised", "aim": "completes"}, Refused, "nothing is played"),
    ],
)
def test_what_makes_no_sense_is_refused_and_changes_nothing(flight, trafficker, wanted, error, said):
    with pytest.raises(error, match=said):
        rotating.rotate(flight, by=trafficker, at=NOW, **wanted)
    assert not Rotation.objects.exists()


def test_a_played_flight_is_no_roadblock_but_may_aim_at_completed_plays(flight, trafficker):
    flight.line.product.__class__.objects.update(format="video")
    with pytest.raises(Refused, match="played in a break"):
        rotating.rotate(flight, "even", roadblock=True, by=trafficker, at=NOW)
    assert rotating.rotate(flight, "optimised", aim="completes", by=trafficker, at=NOW).aim == "completes"


def test_after_qa_another_rotation_waits_for_a_second_person_again(order, flight, pair, trafficker, campaign_manager, lead):
    qa.run(order, by=campaign_manager, at=NOW)
    publishing.publish(by=trafficker, at=NOW, why="launch")
    flight.refresh_from_db()
    assert flight.status == "ready"
    at = NOW + datetime.timedelta(hours=1)
    rotating.rotate(flight, "even", by=campaign_manager, at=at)
    flight.refresh_from_db()
    assert flight.status == "booked"
    assert campaign_manager.pk in qa.makers([order.pk])[order.pk], "who chose it is not the second person"
    rotating.rotate(flight, "even", by=lead, at=at)
    assert lead.pk not in qa.makers([order.pk])[order.pk], "choosing what is chosen already changes nothing"


def test_clients_and_finance_may_not(flight, finance):
    with pytest.raises(NotAllowed):
        rotating.rotate(flight, "even", by=finance, at=NOW)


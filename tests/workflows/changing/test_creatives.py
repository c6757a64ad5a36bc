"""Creative operations of a change order: another creative, another rotation, another landing page; approvals and the second person hold."""

import pytest

from makegood.core.errors import Invalid, NotAllowed, Refused
from makegood.orders.actions import changing
from makegood.orders.models import Order
from makegood.trafficking.actions import assigning, publishing, qa
from makegood.trafficking.models import Assignment
from makegood.work.models import Task
from makegood.workflows import changing as workflow
from tests.factories import creatives as make
from tests.factories import trafficking
from tests.factories.creatives import NOW
from tests.workflows.changing.test_following import begun, plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def bank():
    return make.advertiser()


@pytest.fixture
def shown(bank, reviewer):
    """Two approved creatives that run."""
    return [make.approved(bank, reviewer, name=f"banner {number}", seed=number) for number in (1, 2)]


@pytest.fixture
def published(bank, shown, trafficker, campaign_manager):
    order = trafficking.order(bank, campaign_manager, trafficking.product())
    for version in shown:
        assigning.assign(trafficking.flight(order), version, by=trafficker, at=NOW, weight=50)
    qa.run(order, by=campaign_manager, at=NOW)
    publishing.publish(by=trafficker, at=NOW, why="launch")
    return Order.objects.get(pk=order.pk)


def set_up(order) -> dict[int, tuple[int, str]]:
    """{version: (weight, click URL)} of what is not removed."""
    rows = Assignment.objects.filter(flight__line__order=order).exclude(status="removed")
    return {row.version_id: (row.weight, row.click_url) for row in rows}


def weights() -> list[int]:
    """What the ad servers have."""
    return sorted(row["weight"] for one in plan() for row in one["creatives"])


def test_swapped_pushed_and_shown_once_a_second_person_has_compared_it(published, bank, shown, reviewer, trafficker, campaign_manager):
    new, before = make.approved(bank, reviewer, name="winter banner", seed=3), plan()
    change = begun(published, trafficker, {"op": "creative.swap", "line": "1", "old": str(shown[0].pk), "new": str(new.pk)})
    seen = workflow.preview(trafficker, change.pk, at=NOW)
    assert seen.ready and not seen.view.commercial
    assert [(one.place, "winter banner" in one.before, "winter banner" in one.after) for one in seen.shown] == [("Line 1, flight 1", False, True)]
    assert set(set_up(published)) == {one.pk for one in shown}
    workflow.push(change, by=trafficker, at=NOW, why="the season changes")
    order = Order.objects.get(pk=published.pk)
    assert (change.status, order.revision, set(set_up(order))) == ("applied", 1, {new.pk, shown[1].pk})
    assert set_up(order)[new.pk][0] == 50 and [one["creatives"] for one in plan()] in ([], [one["creatives"] for one in before])
    assert Task.objects.get(key="qa", status="open").owner == campaign_manager
    qa.run(order, by=campaign_manager, at=NOW)
    publishing.publish(by=trafficker, at=NOW, why="compared")
    assert len({row["creative_id"] for one in plan() for row in one["creatives"]} - {row["creative_id"] for one in before for row in one["creatives"]}) == 1


def test_weights_and_click_url(published, shown, trafficker, campaign_manager):
    one, two = shown
    asked = (
        {"op": "creative.weights", "line": "1", f"weight_{one.pk}": "80", f"weight_{two.pk}": "20"},
        {"op": "creative.click", "line": "1", "version": str(two.pk), "url": "https://brightwater.example/winter"},
    )
    workflow.push(begun(published, trafficker, *asked), by=trafficker, at=NOW)
    assert set_up(published)[one.pk][0] == 80 and set_up(published)[two.pk] == (20, "https://brightwater.example/winter")
    qa.run(published, by=campaign_manager, at=NOW)
    assert publishing.publish(by=trafficker, at=NOW, why="compared").refused == ()
    assert weights() == [20, 80]


def test_what_is_not_approved_or_anothers_is_refused_where_it_is_asked(published, bank, shown, reviewer, trafficker):
    change = begun(published, trafficker)
    draft, theirs = make.received(bank, name="not seen yet"), make.approved(make.advertiser("Harrow Mutual"), reviewer, name="theirs", seed=9)
    old = str(shown[0].pk)
    for asked, error, said in (
        ({"op": "creative.swap", "line": "1", "old": old, "new": str(draft.pk)}, Refused, "not seen yet"),
        ({"op": "creative.swap", "line": "1", "old": old, "new": str(theirs.pk)}, Refused, "another advertiser"),
        ({"op": "creative.swap", "line": "1", "old": str(theirs.pk), "new": old}, Invalid, "set up on no flight"),
        ({"op": "creative.swap", "line": "1", "old": old, "new": "0"}, Invalid, "no such creative"),
        ({"op": "creative.click", "line": "1", "version": old, "url": "javascript:alert(1)"}, Invalid, "no.* web address|not a web address"),
        ({"op": "creative.weights", "line": "1", f"weight_{old}": "0"}, Invalid, "never show"),
        ({"op": "creative.weights", "line": "1"}, Invalid, "no weight"),
    ):  # fmt: skip
        with pytest.raises(error, match=said):
            workflow.collect(change, asked, by=trafficker, at=NOW)
    change.refresh_from_db()
    assert change.operations == []


def test_an_approval_that_ended_meanwhile_keeps_it_from_being_pushed(published, bank, shown, reviewer, trafficker):
    from makegood.creatives.actions import reviewing

    new = make.approved(bank, reviewer, name="winter banner", seed=3)
    change = begun(published, trafficker, {"op": "creative.swap", "line": "1", "old": str(shown[0].pk), "new": str(new.pk)})
    reviewing.withdraw(new, by=reviewer, at=NOW, why="the offer ended")
    assert "winter banner" in str(workflow.preview(trafficker, change.pk, at=NOW).refused)
    with pytest.raises(Refused, match="winter banner"):
        workflow.push(change, by=trafficker, at=NOW)
    change.refresh_from_db()
    assert (change.status, set(set_up(published))) == ("collecting", {one.pk for one in shown})


def test_an_account_manager_prepares_it_and_a_trafficker_pushes_it(published, shown, account_manager, trafficker):
    change = begun(published, account_manager, {"op": "creative.weights", "line": "1", f"weight_{shown[0].pk}": "80"})
    with pytest.raises(NotAllowed):
        workflow.push(change, by=account_manager, at=NOW)
    assert set_up(published)[shown[0].pk][0] == 50
    workflow.push(change, by=trafficker, at=NOW)
    assert set_up(published)[shown[0].pk][0] == 80


def test_it_does_not_wait_for_a_signature(published, shown, trafficker):
    change = changing.begin(published, by=trafficker, at=NOW)
    workflow.collect(change, {"op": "line.quantity", "line": 1, "quantity": 150_000}, by=trafficker, at=NOW)
    with pytest.raises(Invalid, match="waits for both signatures"):
        workflow.collect(change, {"op": "creative.weights", "line": "1", f"weight_{shown[0].pk}": "80"}, by=trafficker, at=NOW)

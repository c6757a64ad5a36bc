"""Only approved creatives that fit go on flights; replacing is all or nothing."""

import pytest

from makegood.core.errors import Invalid, NotAllowed, Refused
from makegood.creatives.actions import reviewing
from makegood.trafficking.actions import assigning
from makegood.trafficking.models import Assignment
from makegood.trafficking.queries import readiness
from tests.factories import creatives as make
from tests.factories import trafficking
from tests.factories.creatives import NOW


def assign(flight, version, by=None, **more):
    return assigning.assign(flight, version, by=by, at=NOW, **more)


def test_an_approved_creative_covers_its_flight(flight, version, trafficker):
    before = readiness.creatives([flight.pk], at=NOW)[flight.pk]
    made = assign(flight, version, trafficker)
    after = readiness.creatives([flight.pk], at=NOW)[flight.pk]
    assert (before.lacking, before.approved, before.held) == (("300×250",), ("300×250",), False)
    assert (after.lacking, after.covered, after.held) == ((), ("300×250",), True)
    assert (made.status, made.click_url) == ("active", "https://brightwater.example/saver")


def test_what_may_not_run_is_not_assigned(flight, bank, rival, reviewer, trafficker):
    cases = {
        "in review": make.received(bank, name="Waiting", seed=3),
        "another advertiser's": make.approved(rival, reviewer, seed=4),
        "it takes 300×250": make.approved(bank, reviewer, name="Wide", size="728x90", seed=5),
    }
    for said, version in cases.items():
        with pytest.raises(Refused, match=said):
            assign(flight, version, trafficker)
    assert Assignment.objects.count() == 0


def test_the_click_must_be_a_web_address(flight, version, trafficker):
    with pytest.raises(Invalid, match="not a web address"):
        assign(flight, version, trafficker, click_url="javascript:alert(1)")


def test_finance_assigns_nothing(flight, version, finance):
    with pytest.raises(NotAllowed):
        assign(flight, version, finance)


def test_a_draft_order_takes_no_creatives(bank, campaign_manager, version):
    draft = trafficking.order(bank, campaign_manager, trafficking.product("other"), book=False)
    with pytest.raises(Refused, match="it is draft"):
        assign(trafficking.flight(draft), version)


def test_replacing_keeps_weight_and_click_everywhere(order, bank, campaign_manager, reviewer, version, trafficker):
    second = trafficking.order(bank, campaign_manager, trafficking.product("two"), name="Second")
    for one in (order, second):
        assign(trafficking.flight(one), version, trafficker, weight=70, click_url="https://brightwater.example/x")
    new = make.received(bank, creative=version.creative, seed=8)
    with pytest.raises(Refused, match="in review"):
        assigning.replace(version, new, by=trafficker, at=NOW)
    assert set(Assignment.objects.values_list("version", "status")) == {(version.pk, "active")}
    reviewing.decide(new, "approve", by=reviewer, at=NOW)
    new.refresh_from_db()
    made = assigning.replace(version, new, by=trafficker, at=NOW)
    assert [(one.weight, one.click_url, one.status) for one in made] == [(70, "https://brightwater.example/x", "active")] * 2
    assert set(Assignment.objects.filter(version=version).values_list("status", flat=True)) == {"removed"}

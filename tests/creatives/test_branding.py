"""Creatives of a brand: its category decides which guidelines bear on them, an approval under others ends, and lists tell brands apart."""

import pytest

from makegood.accounts.actions import relations
from makegood.catalog.models import Guideline
from makegood.core.errors import Invalid
from makegood.core.models import Activity
from makegood.creatives import policy
from makegood.creatives.actions import branding, receiving
from makegood.creatives.models import Creative
from makegood.creatives.queries import approvals
from tests.factories import accounts, creatives
from tests.factories.accounts import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def bank():
    return creatives.advertiser()


@pytest.fixture
def toys(bank):
    return relations.add_brand(bank, "Piggy Toys", by=None, at=NOW, category="Toys")


@pytest.fixture
def rule():
    return Guideline.objects.create(code="TOY-01", version=1, title="Toys", text="Say from which age.", category="Toys", valid_from=NOW.date())


def received(bank, tmp_path, **more) -> Creative:
    return receiving.receive(creatives.banner(tmp_path), name="banner.png", creative=receiving.NewCreative(bank, "Saving pig", **more), by=None, at=NOW).creative


def test_the_brand_s_category_is_what_guidelines_bear_on(bank, toys, rule, tmp_path):
    made = received(bank, tmp_path, brand=toys)
    assert (made.brand, made.declared_category, policy.applies(rule, made)) == (toys, "Toys", True)
    assert list(Creative.objects.filter(policy.bears_on(rule, ""))) == [made]
    branding.assign(made, None, by=None, at=NOW)
    assert (made.declared_category, policy.applies(rule, made)) == ("Banking", False)


def test_a_declared_category_stays_whatever_the_brand(bank, toys, tmp_path):
    made = received(bank, tmp_path, category="Gambling")
    branding.assign(made, toys, by=None, at=NOW)
    assert (made.brand, made.declared_category) == (toys, "Gambling")
    assert Activity.objects.filter(verb="creative.branded", after__brand="Piggy Toys").exists()


def test_an_approval_under_other_guidelines_ends_with_the_brand(bank, toys, rule, reviewer):
    version = creatives.approved(bank, reviewer)
    day = approvals.day(NOW)
    assert approvals.in_force(day).filter(pk=version.pk).exists()
    branding.assign(version.creative, toys, by=reviewer, at=NOW)
    assert not approvals.in_force(day).filter(pk=version.pk).exists()
    branding.assign(version.creative, None, by=reviewer, at=NOW)  # the control: what it was approved for is approved still
    assert approvals.in_force(day).filter(pk=version.pk).exists()


def test_another_s_brand_is_refused_and_of_an_order_left_out(bank, toys, tmp_path):
    other = accounts.advertiser("Meridian Rail")
    with pytest.raises(Invalid, match="Piggy Toys is no brand of Meridian Rail"):
        received(other, tmp_path, brand=toys)
    assert Creative.objects.count() == 0
    assert (branding.own(other, toys), branding.own(bank, toys)) == (None, toys)


def test_a_person_of_the_house_names_the_brand_and_filters_by_it(bank, toys, reviewer, tmp_path, client):
    made, _ = received(bank, tmp_path), creatives.received(bank, seed=3)
    client.force_login(reviewer, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert "Another brand" in client.get(f"/creatives/{made.pk}/").content.decode()
    other = relations.add_brand(accounts.advertiser("Meridian Rail"), "Rail Card", by=None, at=NOW)
    assert client.post(f"/creatives/{made.pk}/brand/", {"brand": other.pk}).status_code == 422
    assert client.post(f"/creatives/{made.pk}/brand/", {"brand": toys.pk}).status_code == 303
    page = client.get("/creatives/?brand=Piggy+Toys").content.decode()
    assert "Saving pig" in page and page.count('data-href="/creatives/') == 1

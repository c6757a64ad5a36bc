"""Relations with dates, brands, contacts' roles, promised categories, notice, duplicates, merges."""

import datetime
from decimal import Decimal as D

import pytest
from django.db import IntegrityError, transaction

from makegood.accounts import duplicates, exclusivity, matching
from makegood.accounts.actions import accounts as acts
from makegood.accounts.actions import contacts, contracts, merging, relations
from makegood.accounts.models import Account, Exclusivity, Merge, Representation
from makegood.core.errors import Invalid, NotAllowed, Refused
from makegood.core.models import Activity
from tests.factories import accounts
from tests.factories.accounts import NOW

pytestmark = pytest.mark.django_db
JAN, JUN, JUL, DEC = (datetime.date(2026, month, day) for month, day in ((1, 1), (6, 30), (7, 1), (12, 31)))


@pytest.fixture
def oatfield():
    return accounts.advertiser(category="Food")


def bond(agency, advertiser, start=JAN, end=None, **more):
    return relations.represent(agency, advertiser, commission_pct=D(15), start=start, end=end, by=None, at=NOW, **more)


def test_one_agency_of_record_after_another(oatfield):
    first, second = accounts.agency("Fenwick & Rowe"), accounts.agency("Parallel Media")
    old = bond(first, oatfield)
    beside = bond(second, oatfield, start=JUL)
    assert (old.of_record, beside.of_record) == (True, False)
    with pytest.raises(Refused, match=r"Fenwick & Rowe is its agency of record, from 2026-01-01 with no end"):
        bond(accounts.agency("Third Way"), oatfield, start=JUL, of_record=True)
    with pytest.raises(Refused, match="acts for it already"):
        bond(first, oatfield, start=JUL)
    relations.end(old, JUN, by=None, at=NOW, why="pitch lost")
    assert bond(accounts.agency("Fourth Way"), oatfield, start=JUL).of_record is True


def test_the_database_refuses_an_overlap_whoever_writes_it(oatfield):
    agency = accounts.agency("Fenwick & Rowe")
    bond(agency, oatfield, end=JUN)
    row = {"agency": agency, "advertiser": oatfield, "start": JUN, "end": DEC}
    with pytest.raises(IntegrityError, match="represented_once"), transaction.atomic():
        Representation.objects.create(**row)
    with pytest.raises(IntegrityError, match="representation_dates"), transaction.atomic():
        Representation.objects.create(**row | {"start": DEC, "end": JUL})
    Representation.objects.create(**row | {"start": JUL})  # the control: the day after is free


def test_brands_and_roles_of_contacts(oatfield, sales, trafficker):
    brand = relations.add_brand(oatfield, "Oaty Bites", by=sales, at=NOW, category="Snacks")
    assert relations.add_brand(oatfield, "oaty bites", by=sales, at=NOW) == brand
    contact = contacts.add_contact(oatfield, "Lena Ortiz", by=sales, at=NOW, email="lena@example.com", roles=["signer"])
    assert contacts.set_roles(contact, ["billing", "signer"], by=sales, at=NOW).roles == ["billing", "signer"]
    with pytest.raises(Invalid, match="no role of a contact"):
        contacts.set_roles(contact, ["boss"], by=sales, at=NOW)
    with pytest.raises(NotAllowed):
        contacts.set_roles(contact, [], by=trafficker, at=NOW)


def agreed(account, *, start=JAN, end=DEC, places=(), category="Food"):
    made = contracts.create(account, "Year", start=start, end=end, commitment=D(1), by=None, at=NOW, exclusive_category=category, exclusive_properties=places)
    return contracts.activate(made, by=None, at=NOW)


def test_a_category_is_promised_once_on_a_place_and_day(oatfield):
    rival = accounts.advertiser("Harrow Foods", category="food")
    mine = agreed(oatfield, places=[7], end=JUN)
    with pytest.raises(Refused, match=r"Oatfield Foods has Food alone by MC-\d+ until 2026-06-30"):
        agreed(rival, start=JUN, category="FOOD")  # everywhere meets place 7
    agreed(rival, places=[8], end=JUN)
    agreed(rival, places=[7], start=JUL)
    row = {"contract": mine, "account": rival, "category": "fOOD", "property_id": 7, "days": Exclusivity.objects.first().days}
    with pytest.raises(IntegrityError, match="category_once"), transaction.atomic():
        Exclusivity.objects.create(**row)
    contracts.end(mine, by=None, at=NOW, why="agreed")
    Exclusivity.objects.create(**row)  # released: free again


def test_who_is_in_the_way_is_named_line_by_line(oatfield):
    rival = accounts.advertiser("Harrow Foods", category="Food")
    agreed(oatfield, places=[7], end=JUN)
    wanted = [exclusivity.Wanted(1, 7, JUN, JUL), exclusivity.Wanted(2, 8, JAN, DEC), exclusivity.Wanted(3, 7, JUL, DEC)]
    found = exclusivity.clashes("food", rival, wanted)
    assert [(one.number, one.holder, one.until) for one in found] == [(1, "Oatfield Foods", JUN)]
    assert exclusivity.clashes("food", oatfield, wanted) == [] == exclusivity.clashes("Toys", rival, wanted)


def test_notice_is_given_in_time_only(oatfield, lead):
    contract = agreed(oatfield, category="")
    with pytest.raises(Refused, match="notice was due by 2026-11-01"):
        contracts.give_notice(contract, DEC, by_us=False, by=lead, at=NOW, why="budget")
    assert contracts.give_notice(contract, JUL, by_us=False, by=lead, at=NOW, why="budget").notice_given_on == JUL


@pytest.mark.parametrize("tiers", [[(D(-1), D(2))], [(D(1), D(100))], [(D(1), D(2)), (D(1), D(3))]])
def test_tiers_that_cannot_be_are_refused(oatfield, tiers):
    with pytest.raises(Invalid):
        contracts.create(oatfield, "Year", start=JAN, end=DEC, commitment=D(1), by=None, at=NOW, tiers=tiers)


def test_duplicates_are_found_by_name_tax_id_domain_and_mail(oatfield):
    twin = accounts.advertiser("Oatfields Foods", tax_id="12 34", domains=["oatfield.example"])
    acts.edit(oatfield, by=None, at=NOW, tax_id="1234", domains=["OATFIELD.example"])
    accounts.agency("Oatfield Foods Media", tax_id="1234")
    (pair,) = duplicates.find()
    assert (pair.one, pair.other, len(pair.reasons)) == (oatfield, twin, 3)
    assert duplicates.find(accounts.advertiser("Brightwater Bank")) == []


def test_a_merge_moves_everything_learns_the_name_and_is_undone(oatfield, lead, sales):
    twin = accounts.advertiser("Oatfield Food Company", category="Food")
    contact = contacts.add_contact(twin, "Lena Ortiz", by=sales, at=NOW)
    relations.add_brand(oatfield, "Oaty", by=sales, at=NOW)
    own, clash = (relations.add_brand(twin, name, by=sales, at=NOW) for name in ("Crunch", "OATY"))
    with pytest.raises(NotAllowed):
        merging.merge(twin, oatfield, by=sales, at=NOW, why="one company")
    done = merging.merge(twin, oatfield, by=lead, at=NOW, why="one company")
    for row in (contact, own, clash, twin):
        row.refresh_from_db()
    assert (contact.account, own.advertiser, clash.advertiser, twin.merged_into) == (oatfield, oatfield, twin, oatfield)
    assert matching.find("Oatfield Food Company").account == oatfield
    assert Activity.objects.filter(verb="account.merged_from", subject_id=oatfield.pk).get().why == "one company"
    with pytest.raises(Refused, match="merged already"):
        merging.merge(twin, oatfield, by=lead, at=NOW, why="again")
    merging.undo(done, by=lead, at=NOW, why="two companies")
    contact.refresh_from_db()
    assert (contact.account, Account.objects.get(pk=twin.pk).merged_into, matching.find("Oatfield Food Company").account) == (twin, None, twin)
    with pytest.raises(Refused, match="was undone"):
        merging.undo(Merge.objects.get(), by=lead, at=NOW, why="again")


def test_whatever_points_at_an_account_is_known_to_the_merge():
    names = {name for name, _, _ in merging.pointing()}
    assert {"orders.order.advertiser", "orders.order.agency", "billing.invoice.bill_to", "sales.brief.agency", "core.membership.party", "creatives.creative.advertiser"} <= names
    assert not {name for name in names if name.startswith(("core.activity", "billing.posting", "billing.payment", "work.measured"))}

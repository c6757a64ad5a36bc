"""Names of companies: what agrees, what is offered, what is never taken."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from makegood.accounts import matching
from makegood.accounts.actions import accounts as verbs
from makegood.accounts.matching import How
from makegood.core.errors import Refused
from tests.factories import accounts
from tests.factories.accounts import NOW


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Oatfield Foods, Inc.", "oatfield foods"), ("OATFIELD FOODS LLC", "oatfield foods"), ("Fenwick & Rowe", "fenwick rowe"),
        ("Fenwick and Rowe Ltd.", "fenwick rowe"), ("Brüder Müller GmbH & Co. KG", "bruder muller"), ("c/o Parallel Media", "parallel media"),
        ("Acme c/o Parallel Media", "acme"), ("The Kestrel Co", "kestrel"), ("Ben's Bakery", "bens bakery"), ("AND", "and"), ("Inc", "inc"),
    ],
)  # fmt: skip
def test_spellings_of_one_company_have_one_key(name, key):
    assert matching.key(name) == key


@given(st.text(alphabet=st.characters(categories=["Lu", "Ll", "Nd", "Zs", "Po"]), max_size=40))
def test_a_key_is_its_own_key_in_capitals_and_with_a_legal_form(name):
    key = matching.key(name)
    if len(key.split()) > 1:
        assert matching.key(key.upper()) == matching.key(key)
        assert matching.key(f"{key}, Inc.") == matching.key(key)


@pytest.mark.django_db
def test_exact_alias_fuzzy_none(account_manager):
    oatfield = accounts.advertiser(legal_name="Oatfield Foods Holding Corporation")
    assert (matching.find("OATFIELD FOODS INC").how, matching.find("Oatfield Foods Holding").how) == (How.EXACT, How.EXACT)
    doubtful = matching.find("Oatfeild Fods")
    assert (doubtful.how, doubtful.account, doubtful.suggestion) == (How.FUZZY, None, oatfield)
    verbs.learn_alias(oatfield, "Oatfeild Fods", by=account_manager, at=NOW)
    assert (matching.find("oatfeild fods ltd").how, matching.find("oatfeild fods ltd").account) == (How.ALIAS, oatfield)
    assert matching.find("Zephyr Balloons").how == How.NONE


@pytest.mark.django_db
def test_two_accounts_of_one_name_are_a_doubt_and_the_kind_decides(account_manager):
    advertiser, agency = accounts.advertiser("Parallel"), accounts.agency("Parallel Inc")
    assert matching.find("Parallel").account is None
    assert (matching.find("Parallel", "agency").account, matching.find("Parallel", "advertiser").account) == (agency, advertiser)


@pytest.mark.django_db
def test_an_alias_means_one_account(account_manager):
    verbs.learn_alias(accounts.advertiser(), "OF Brands", by=account_manager, at=NOW)
    with pytest.raises(Refused, match="already means"):
        verbs.learn_alias(accounts.advertiser("Kestrel Outdoor"), "OF Brands LLC", by=account_manager, at=NOW)

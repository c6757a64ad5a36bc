"""What may be fetched is, within its limits; every way inside ends before anything is connected to."""

import dataclasses
import ipaddress

import pytest

from makegood.connectors import web
from makegood.connectors.web import addresses
from tests.connectors.web import forms

SEED = 20261128


def outcomes(urls, limits, ask) -> dict[str, int]:
    """How the addresses ended: fetched, barred, unanswered."""
    found = {"fetched": 0, "barred": 0, "unanswered": 0}
    for url in urls:
        try:
            web.fetch(url, limits=limits, ask=ask)
            found["fetched"] += 1
        except web.Barred as barred:
            assert barred.reason and barred.remedy
            found["barred"] += 1
        except web.Unanswered:
            found["unanswered"] += 1
    return found


def test_there_are_more_than_three_hundred_forms(ports):
    assert len(set(forms.forms(ports))) == len(forms.forms(ports)) > 1500


def test_no_form_reaches_a_machine_inside(ports, limits, ask, canary):
    found = outcomes(forms.drawn(ports, 500, SEED), limits, ask)
    assert canary.hits == []
    assert found["barred"] > 480, found


@pytest.mark.nightly
def test_no_form_reaches_a_machine_inside_ten_thousand(ports, limits, ask, canary):
    found = outcomes(forms.drawn(ports, 10_000, SEED), limits, ask)
    assert canary.hits == []
    assert found["barred"] > 9_400, found


def test_checking_the_host_name_only_lets_them_in(ports, limits, ask, canary, host_names_only):
    """The control: the same addresses with the machine's number unchecked and known bad names refused."""
    inside = (url for url in forms.drawn(ports, 90, SEED) if not any(one in url for one in forms.NEIGHBOURS))
    outcomes(inside, dataclasses.replace(limits, within_s=0.2), ask)
    assert len(canary.hits) > 10


def test_a_name_is_looked_up_once_and_that_machine_is_asked(ports, limits, ask, canary):
    asked = []

    def rebinding(host: str) -> list[str]:
        asked.append(host)
        return ["127.0.0.2"] if len(asked) == 1 else ["127.0.0.1"]

    found = web.fetch(f"http://rebind.test:{ports.public}/", limits=limits, ask=rebinding)
    assert (found.status, b"Nothing to hide" in found.body, asked, canary.hits) == (200, True, ["rebind.test"], [])


@pytest.mark.parametrize("step", forms.STEPS)
def test_a_redirect_is_checked_like_the_first_address(ports, limits, ask, canary, step):
    with pytest.raises(web.Barred, match="not on the public internet"):
        web.fetch(f"http://public.test:{ports.public}/{step}?to=http://inside.test:{ports.canary}/", limits=limits, ask=ask)
    assert canary.hits == []


def test_what_may_be_fetched_is_with_its_chain(ports, limits, ask):
    start = f"http://public.test:{ports.public}/302?to=/end"
    found = web.fetch(start, limits=limits, ask=ask)
    assert (found.status, found.media_type) == (200, "text/html")
    assert found.chain == (start, f"http://public.test:{ports.public}/end")


@pytest.mark.parametrize(
    ("path", "said"), [("/loop", "more than 5 times"), ("/huge", "larger than 2,048 KB"), ("/drip", "took longer than 1 s")]
)
def test_endless_huge_and_slow_answers_end(ports, limits, ask, path, said):
    with pytest.raises(web.Unanswered, match=said):
        web.fetch(f"http://public.test:{ports.public}{path}", limits=dataclasses.replace(limits, within_s=1), ask=ask)


@pytest.mark.parametrize(
    ("number", "is_public"),
    [("8.8.8.8", True), ("1.1.1.1", True), ("2606:4700:4700::1111", True), ("::ffff:8.8.8.8", True), ("64:ff9b::808:808", True), ("127.0.0.1", False),
     ("168.63.129.16", False), ("100.64.0.1", False), ("::ffff:10.0.0.1", False), ("2001::1", False), ("ff02::1", False), ("fe80::1", False)],
)  # fmt: skip
def test_which_numbers_are_public(number, is_public):
    assert addresses.public(ipaddress.ip_address(number), web.Limits()) is is_public

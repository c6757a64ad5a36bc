"""Who is counted as whom: with consent a browser is one person in the log, by a hash; without it, and in URLs, nobody is."""

import pathlib
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from makegood.adserver import capping, people, signing
from makegood.adserver.clock import SeededRandom
from makegood.adserver.keys import Keys
from makegood.rollups import shipping
from makegood.rollups.warehouse import Warehouse
from tests.adserver import plans
from tests.adserver.conftest import Server
from tests.rollups.test_running import rows, run

BROWSER = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36"
OLD, NEW = bytes(range(32)), bytes(range(1, 33))
KEYS = Keys("k2", {name: bytes.fromhex(secret) for name, secret in plans.KEYS["keys"].items()})


def shown(server: Server, caps: str = "", consent: object = True) -> tuple[dict, str]:
    """One ad to a browser that keeps `caps`, rendered and clicked; the slot and what the browser keeps then."""
    reply = server.ad("home", consent=consent, caps=caps)
    (slot,) = reply["slots"]
    assert server.get(slot["impression_urls"][0], User_Agent=BROWSER).status == 204
    assert server.get(slot["click_url"], User_Agent=BROWSER).status == 302
    return slot, reply["caps"]


def test_a_browser_that_consented_is_one_person_and_reach_is_people(server: Server, tmp_path: pathlib.Path) -> None:
    (first, kept), (other, _) = shown(server), shown(server)
    second, again = shown(server, kept)
    third, nothing = shown(server, kept, consent=False)
    assert (again, nothing) == (kept, None)
    by_ad = {}
    for event in server.logged():
        if event.kind != "request":
            by_ad.setdefault(event.id.partition(".")[0], []).append(event.person)
    one, another, twice, nobody = by_ad.values()
    assert len(set(one)) == 1 and one == twice and len(one) == 3
    assert (len(set(another)), len(set(one + another)), set(nobody)) == (1, 2, {""})
    text = b"".join(path.read_bytes() for path in server.events.iterdir()).decode()
    assert capping.read(KEYS, kept).person not in text  # the browser's own number is in no log
    for slot in (first, second, other, third):
        assert not any(person in slot["click_url"] for person in {*one, *another})
    hidden = [slot["click_url"].split("~")[14] for slot in (first, second)]
    assert hidden[0] != hidden[1]  # two ads of one person look like two of two
    server.stop()
    warehouse = Warehouse(str(tmp_path / "w"))
    assert list(shipping.ship(server.events, warehouse, zone="Europe/Berlin"))
    run(warehouse)
    (reach,) = [row for row in rows(warehouse, "reach") if row["flight_id"] == 31]
    assert (reach["people"], reach["impressions"], reach["of_nobody"]) == (2, 4, 1)


def test_who_it_was_cannot_be_taken_out_or_put_in(server: Server) -> None:
    (with_one, kept), (of_nobody, _) = shown(server), shown(server, consent=False)
    url = with_one["impression_urls"][0]
    hidden = url.split("~")[14]
    other = of_nobody["impression_urls"][0]
    for forged in (url.replace(f"~{hidden}~", "~"), url.replace(f"~{hidden}~", "~0~"), "~".join([*other.split("~")[:-1], hidden, other.split("~")[-1]])):
        assert server.get(forged).status == 403
    assert kept


def test_the_number_is_another_after_a_while_and_the_hash_with_each_key() -> None:
    kept = people.numbered(capping.NOTHING, SeededRandom(1), 1000)
    assert people.numbered(kept, SeededRandom(2), 1000 + people.LASTS_S - 1) == kept
    assert people.numbered(kept, SeededRandom(2), 1000 + people.LASTS_S).person not in ("", kept.person)
    assert people.known(Keys("a", {"a": OLD}), kept.person) != people.known(Keys("b", {"b": NEW}), kept.person)


def test_what_an_old_key_signed_is_signed_anew_for_the_same_browser(server: Server) -> None:
    kept = capping.Kept({}, "n" * 16, int(time.time()))
    old = capping.write(Keys("k1", {"k1": bytes.fromhex(plans.KEYS["keys"]["k1"])}), kept)
    _, new = shown(server, old)
    assert (new.startswith("k2~"), capping.read(KEYS, new)) == (True, kept)


@given(st.text(min_size=1, max_size=16), st.text("abcXYZ019_-", min_size=1, max_size=16))
def test_what_is_hidden_is_revealed_by_the_key_that_hid_it(person: str, nonce: str) -> None:
    before, after = Keys("a", {"a": OLD}), Keys("b", {"a": OLD, "b": NEW})
    known = people.known(before, person)
    text = people.hidden(before, nonce, known)
    assert people.revealed(after, nonce, "a", text.removeprefix("~")) == known.logged
    assert people.hidden(before, nonce, people.NOBODY) == ""
    assert people.hidden(before, nonce + "x", known) != text


@pytest.mark.parametrize("number", range(3))
def test_a_grant_of_earlier_servers_is_of_nobody(number: int) -> None:
    grant = signing.Grant(f"n{number}", 1, 100, 1, 2, 3, 4, 5, 6, 7, False, "mobile", "US")
    assert signing.verify(KEYS, "impression", signing.sign(KEYS, "impression", grant.payload("k2")), 50) == grant

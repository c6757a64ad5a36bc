"""Every address × everybody, both ways of asking. What is expected stands in table.txt; a new route must be entered there."""

import pathlib
import re
import zlib

import pytest
from django.urls import get_resolver

from makegood.core import permissions
from tests.permissions.routes import Route, routes
from tests.permissions.world import AGENT, LETTERS, OWN, RIVAL, STRANGER

SIDES = ("open", "each", "seller", "portal", "party", "record", "link")
EVERYBODY = "".join(LETTERS) + AGENT
SAMPLE, REFUSED = 2, 3  # of those who may see a page and of those who may not so many are asked; `make nightly` asks all
ROUTES = {route.name: route for route in routes()}


def table() -> dict[str, tuple[str, dict[str, str | None]]]:
    """{route: (side, {method: who of the seller's people may, None where it is not a way to ask})}."""
    found = {}
    for line in (pathlib.Path(__file__).parent / "table.txt").read_text().splitlines():
        if line and not line.startswith("#"):
            name, side, get, post = line.split()
            found[name] = side, {"GET": _letters(get), "POST": _letters(post)}
    return found


def _letters(text: str) -> str | None:
    return {"*": EVERYBODY, "-": None, "none": ""}.get(text, text)


TABLE = table()


def verdict(response) -> str:
    """yes, no (403, 404), method (405), portal, in (sign-in), or the status of what must not be."""
    status, place = response.status_code, response.get("Location", "")
    if status in (403, 404, 405):
        return "method" if status == 405 else "no"
    if status in (302, 303) and place.startswith("/sign-in/?next="):
        return "in"
    if status == 302 and place == "/portal/":
        return "portal"
    return "yes" if status in (200, 204, 301, 302, 303, 409, 422) else str(status)


def expected(side: str, method: str, who: str, may: str) -> str:
    """What the table says about one who asks."""
    if who in EVERYBODY or side == "link":
        return "yes" if who in may else "no"
    if who == STRANGER:
        return "yes" if side == "open" else "in"
    if side == "seller":
        return "portal" if method == "GET" else "no"
    return "no" if side == "record" or (side == "party" and who == RIVAL) else "yes"


def asked_of(may: str, thorough: bool, turn: int = 0) -> str:
    """Of those who may the first, the last and the agent; of those who may not some, by `turn` others at each address, and the agent."""
    some = may if thorough or len(may) <= SAMPLE else may[0] + may[-SAMPLE + 1 :] + (AGENT if AGENT in may else "")
    others = "".join(who for who in EVERYBODY if who not in may)
    if not thorough and len(others) > REFUSED:
        turned = others[turn % len(others) :] + others[: turn % len(others)]
        others = "".join(dict.fromkeys(turned[:REFUSED] + (AGENT if AGENT in others else "")))
    return "".join(dict.fromkeys(some)) + others


def wrong(ask, world, route: Route, method: str, thorough: bool = False) -> list[str]:
    """Each answer that is not the table's."""
    side, ways = TABLE[route.name]
    url, may, data = route.url(world.ids), ways[method], route.data(world.ids) if method == "POST" else None
    if may is None:
        got = verdict(ask("L", method, url))
        return [] if got == "method" else [f"{method} {url}: {got}, not a way to ask"]
    found = []
    for who in (*asked_of(may, thorough, zlib.crc32(route.name.encode())), OWN, RIVAL, STRANGER):
        answer = ask(who, method, url, data)
        got, want = verdict(answer), expected(side, method, who, may)
        at_the_door = route.name in ("account_login", "account_logout") and got in ("portal", "yes")  # signed in already, or not any more
        if got != want and not at_the_door:
            found.append(f"{method} {url} as {who}: {answer.status_code} ({got}), expected {want}")
    return found


@pytest.mark.parametrize("name", sorted(ROUTES))
def test_an_address_answers_everybody_as_the_table_says(name, world, ask):
    assert [line for method in ("GET", "POST") for line in wrong(ask, world, ROUTES[name], method)] == []


@pytest.mark.nightly
@pytest.mark.parametrize("name", sorted(ROUTES))
def test_an_address_answers_really_everybody(name, world, ask):
    assert [line for method in ("GET", "POST") for line in wrong(ask, world, ROUTES[name], method, thorough=True)] == []


def test_every_route_is_in_the_table_and_nothing_else():
    assert (sorted(ROUTES), {side for side, _ in TABLE.values()} - set(SIDES)) == (sorted(TABLE), set())


def test_the_only_address_without_a_name_is_the_favicon():
    def unnamed(resolver):
        for one in resolver.url_patterns:
            yield from unnamed(one) if hasattr(one, "url_patterns") else [str(one.pattern)] if not one.name else []

    assert list(unnamed(get_resolver())) == ["favicon.ico"]


def test_the_verb_a_page_names_opens_it_to_those_of_the_table_at_least(world):
    """Where a view names its verb, nobody of the table is outside it: the action may narrow, never widen."""
    outside = [
        f"{name} {who}"
        for name, (side, ways) in TABLE.items()
        if (verb := ROUTES[name].verb) and side == "seller"
        for who in set("".join(filter(None, ways.values())))
        if not permissions.may(world.people[who], verb)
    ]
    assert outside == []


@pytest.mark.parametrize(("name", "column", "mistake"), [("order-book", "POST", "ACLSG"), ("leadership", "GET", "*"), ("invoice-issue", "POST", "FG")])
def test_a_mistake_in_the_table_would_be_seen(name, column, mistake, world, ask, monkeypatch):
    side, ways = TABLE[name]
    monkeypatch.setitem(TABLE, name, (side, ways | {column: _letters(mistake)}))
    seen = " ".join(wrong(ask, world, ROUTES[name], column, thorough=True))
    assert set(re.findall(r" as (\w):", seen)) == set(_letters(mistake) or "") - set(ways[column] or "")

"""Words planted in one client's records are looked for in everything its rival can reach; and what is ours alone, in what the client reaches."""

import io
import re
import zipfile

import pytest

from makegood.core.models import StoredFile
from makegood.interfaces.web import palette
from tests.permissions.routes import routes
from tests.permissions.world import OWN, RIVAL

EXPORTS = ("", "?export=xlsx", "?export=csv", "?q=%s")


def pages(ask, world, who) -> dict[str, str]:
    """Everything `who` gets out of every address: with each record's id, as a list's files, by search, by writing; {address: text}."""
    found = {}
    for route in routes():
        url = route.url(world.ids)
        for more in EXPORTS if not route.names else ("",):
            for word in world.shown if "%s" in more else ("",):
                keep(found, f"GET {url}{more.replace('%s', word)}", ask(who, "GET", url + more.replace("%s", word)))
        keep(found, f"POST {url}", ask(who, "POST", url, route.data(world.ids)))
    for pk in StoredFile.objects.values_list("pk", flat=True):
        keep(found, f"GET /files/{pk}/", ask(who, "GET", f"/files/{pk}/"))
    return found


def keep(found: dict[str, str], asked: str, answer) -> None:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            content = b"\n".join(archive.read(name) for name in archive.namelist())
    found[asked] = " ".join([content.decode(errors="replace"), *(f"{name}: {value}" for name, value in answer.items())])


def told(found: dict[str, str], words: list[str]) -> set[str]:
    """"address: word" of every word found, but not where it was only asked for and comes back as what was typed."""
    lowered = {asked: text.lower() for asked, text in found.items()}
    return {f"{asked}: {word}" for asked, text in lowered.items() for word in words if word not in asked and word.lower() in text}


@pytest.fixture(scope="module")
def reached():
    """What each client reached, crawled once a module."""
    return {}


def crawl(ask, world, reached, who):
    if who not in reached:
        reached[who] = pages(ask, world, who)
    return reached[who]


def test_a_rival_reaches_no_word_of_another_client(world, ask, reached):
    assert told(crawl(ask, world, reached, RIVAL), world.shown + world.quiet + world.inside) == set()


def test_a_client_reaches_no_word_that_is_ours_alone(world, ask, reached):
    assert told(crawl(ask, world, reached, OWN), world.inside) == set()


def test_the_crawl_would_have_found_them(world, ask, reached):
    """Control: the client itself is shown its words in the same crawl, and our people those that are ours."""
    own = crawl(ask, world, reached, OWN)
    assert {word for word in world.shown if not told(own, [word])} == set()
    ours = {asked: ask("L", "GET", asked).content.decode(errors="replace") for asked in ours_alone(world)}
    assert {word for word in world.inside if not told(ours, [word])} == set()


def ours_alone(world) -> list[str]:
    names = ("orders", "accounts", "account", "contracts", "plans", "order", "creatives", "imports", "import", "today-decide", "creative-compare", "discrepancy", "payments")
    found = {route.name: route.url(world.ids) for route in routes()}
    return [found[name] for name in names] + [f"{found['order']}?tab=conversation"]


def test_to_a_rival_another_clients_record_answers_like_no_record(world, ask):
    for path in ("/portal/orders/{}/", "/portal/orders/{}/sign/", "/portal/bills/{}/", "/files/{}/"):
        others, nothing = (ask(RIVAL, "GET", path.format(pk)) for pk in (world.ids["order_id"], 999_999))
        assert (others.status_code, nothing.status_code, plain(others)) == (404, 404, plain(nothing))


def plain(answer) -> str:
    """A page without what is drawn by lot."""
    return re.sub(r"[A-Za-z0-9_/+=-]{22,}", "", answer.content.decode())


def test_the_palette_finds_nothing_of_another_client(world, db):
    """The gate keeps clients out of it; its providers would tell a rival nothing either."""
    assert [rows for word in world.shown if (rows := palette.find(world.people[RIVAL], word))] == []
    assert any(palette.find(world.people["L"], word) for word in world.shown)

"""Values no form of ours sends: every address, every name a view reads. Refused in words, never a fault of ours."""

import pathlib
import re

import pytest

import makegood.interfaces.web
from tests import personas
from tests.permissions.routes import routes
from tests.permissions.test_matrix import TABLE
from tests.permissions.world import LETTERS, OWN, _signed_in

SOURCE = pathlib.Path(makegood.interfaces.web.__file__).parent
ODD = ("nul\x00byte", "²", "9" * 25, "-1", "../../etc/passwd", "2026-02-31", "{}", "NaN", "é" * 5000)
DAILY = 1  # the first so many on every run, all of them at night
NAMES = sorted({name for path in SOURCE.rglob("*.py") for name in re.findall(r"(?:GET|POST)(?:\.get|\.getlist)?[(\[]\"(\w+)\"", path.read_text())})


@pytest.fixture
def everybody(world, db):
    """One person with every role of the seller, so that nothing is refused before it is read."""
    if "all" not in world.clients:
        world.clients["all"] = _signed_in(personas.person("Every Role", *LETTERS.values()))
    return "all"


def test_the_names_were_found():
    assert {"q", "page", "order", "until", "why", "outcome", "export"} <= set(NAMES)


@pytest.mark.parametrize(
    "value", [pytest.param(one, marks=[pytest.mark.nightly] * (n >= DAILY)) for n, one in enumerate(ODD)], ids=lambda value: repr(value[:12])
)
def test_an_odd_value_is_refused_in_words_everywhere(value, world, ask, everybody):
    sent = dict.fromkeys(NAMES, value)
    broken = []
    for route in routes():
        url = route.url(world.ids)
        for who in (everybody, OWN) if TABLE[route.name][0] != "seller" else (everybody,):  # clients are led away before a view reads anything
            for method in ("GET", "POST"):
                answer = ask(who, method, url, sent)
                if answer.status_code >= 500:
                    kind, error, _ = answer.exc_info if getattr(answer, "exc_info", None) else (None, "", None)
                    broken.append(f"{method} {url} as {who}: {getattr(kind, '__name__', '')} {error}"[:160])
    assert broken == [], "\n".join(broken)

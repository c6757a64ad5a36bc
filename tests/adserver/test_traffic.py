"""The driver's acknowledged counts are exactly what the server logged."""

import asyncio
import collections
import random

from makegood.adserver import traffic
from tests.adserver.conftest import Server


def test_what_is_acknowledged_is_logged(server: Server) -> None:
    def ask(chance: random.Random) -> dict[str, object]:
        return {
            "slots": [{"placement": code} for code in ("home", "video", "empty")],
            "geo": chance.choice(["DE", "AT"]),
        }

    people = traffic.People(viewable=0.5, click=0.2)
    driven = asyncio.run(traffic.drive(server.url, 60, ask, chance=random.Random(1), people=people))
    assert (driven.errors, driven.unfilled, driven.acknowledged["impression"]) == (0, 60, 120)
    assert driven.acknowledged == collections.Counter(server.kinds())

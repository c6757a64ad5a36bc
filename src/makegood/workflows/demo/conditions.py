"""What happens to ads once served in the demo: rendered, seen, clicked, invalid, and counted differently elsewhere."""

import datetime

from makegood.adserver.simulate import Rates
from makegood.workflows.demo.world import World

INVALID = {"known_bot": 0.008, "data_centre": 0.011, "prefetch": 0.002}
WORSE = {"known_bot": 0.075, "data_centre": 0.02, "prefetch": 0.002}
WORSE_FROM, WORSE_PLACE = -13, "news-preroll-15"  # since then robots watch the films
PEOPLE = {"audio": (0.98, 0.0002), "native": (0.61, 0.0031), "video": (0.74, 0.0024), "display": (0.66, 0.0011)}  # viewable, clicked
THIRD_PARTY = "Adcount"
DRIFT = {"display": 0.968, "video": 0.945, "audio": 0.939, "native": 0.98}
DOUBLED, DOUBLED_SINCE = "Solstice Energy: Heat Pumps", -4  # the other counter's film tag fires twice
UNSENT, UNSENT_DAYS = "Pinecone Toys: First Snow", (-4, -3)  # days its file did not have


def rates(world: World, day: datetime.date) -> dict[int, Rates]:
    """Rates by placement on a day."""
    bad = (day - world.times.today).days >= WORSE_FROM
    found = {}
    for place in world.places.values():
        usual = {"data_centre": 0.006} if place.format == "audio" else INVALID
        viewable, click = PEOPLE[place.format]
        found[place.pk] = Rates(invalid=WORSE if bad and place.code == WORSE_PLACE else usual, viewable=viewable, click=click)
    return found


def elsewhere(key: str, format: str, line: int, day: datetime.date, ours: int, today: datetime.date) -> int | None:
    """What the other counter says of a line's day: a little less than ours, by format, with a spread of its own; None when not sent."""
    if key == UNSENT and (day - today).days in UNSENT_DAYS:
        return None
    share = DRIFT[format] * (1 + ((len(key) * 7 + line * 3 + day.toordinal() * 13) % 11 - 5) / 500)
    doubled = key == DOUBLED and format == "video" and (day - today).days >= DOUBLED_SINCE
    return round(ours * share * (2 if doubled else 1))

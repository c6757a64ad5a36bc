"""Where a line's traffic fell: the device, section or placement that explains it, as words for a sentence."""

from collections.abc import Sequence

import numpy as np

from makegood.delivery.measuring import Place
from makegood.engine import diagnosis

WORDS = {"device": " on {}", "section": " in {}", "placement": " on {}"}


def words(places: Sequence[Place], passed: int) -> str:
    """" on mobile" when the whole days so far say so, nothing when all of the line's placements fell alike."""
    own = [place.placement for place in places]
    names = {"device": [p.device for p in own], "section": [p.section for p in own], "placement": [p.name for p in own]}
    dimensions = [_dimension(name, values, places, passed) for name, values in names.items() if places]
    found = diagnosis.movers([one for one in dimensions if len(one.values) > 1 and all(one.values)])
    return WORDS[found[0].dimension].format(", ".join(found[0].values)) if found else ""


def _dimension(name: str, own: list[str], places: Sequence[Place], passed: int) -> diagnosis.Dimension:
    """Requests by value; a blank value (all devices, no section) leaves nothing to name."""
    values = tuple(sorted(set(own)))
    codes = np.array([values.index(value) for value in own], dtype=np.int64)
    forecast = np.array([place.forecast[:passed].sum() for place in places])
    traffic = np.array([place.traffic[:passed].sum() for place in places])
    return diagnosis.of_cube({name: (values, codes)}, forecast, traffic)[0]

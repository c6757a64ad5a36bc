"""Where a line's traffic fell: the device, section or placement that explains it. Names for a sentence, arithmetic by engine."""

from collections.abc import Sequence

import numpy as np

from makegood.delivery.measuring import Place
from makegood.engine import diagnosis

WORDS = {"device": " on {}", "section": " in {}", "placement": " on {}"}


def words(places: Sequence[Place], passed: int) -> str:
    """" on mobile" when the whole days so far say so, nothing when all of the line's placements fell alike."""
    names = [{"device": p.placement.device, "section": p.placement.section, "placement": p.placement.name} for p in places]
    dimensions = [_dimension(name, [one[name] for one in names], places, passed) for name in WORDS if names]
    found = diagnosis.movers([one for one in dimensions if len(one.values) > 1 and all(one.values)])
    return WORDS[found[0].dimension].format(", ".join(found[0].values)) if found else ""


def _dimension(name: str, own: list[str], places: Sequence[Place], passed: int) -> diagnosis.Dimension:
    """Requests by value; a blank value (all devices, no section) leaves nothing to name."""
    values = tuple(sorted(set(own)))
    codes = np.array([values.index(value) for value in own], dtype=np.int64)
    forecast, traffic = (np.array([getattr(place, which)[:passed].sum() for place in places]) for which in ("forecast", "traffic"))
    return diagnosis.of_cube({name: (values, codes)}, forecast, traffic)[0]

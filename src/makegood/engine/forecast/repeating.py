"""The seasons repeated: the last day, the last week, and the median of the last two and four weeks.

Values in, tracks out; no constants, nothing learnt.
"""

from __future__ import annotations

import numpy as np

from makegood.engine.forecast.history import Series, Steps, middle
from makegood.engine.forecast.trials import Tracks
from makegood.engine.kernels import compiled

WEEKS = (0, 1, 2, 4)  # 0 is the last day


@compiled
def tracks(values: Series, begin: Steps, day: int, week: int, origins: Steps, tried: int, found: Tracks, place: int) -> None:
    """Fills four models of `found` (series, models, origins + 1, horizon) from model `place` on."""
    seen = np.empty(8)
    for row in range(values.shape[0]):
        for at in range(found.shape[2]):
            last = at == origins.shape[1]
            origin = values.shape[1] if last else origins[row, at]
            for model in range(len(WEEKS)):
                season = week if WEEKS[model] else day
                for step in range(found.shape[3] if last else tried):
                    found[row, place + model, at, step] = _repeated(
                        values[row], begin[row], origin, step, season, max(WEEKS[model], 1), seen
                    )


@compiled
def _repeated(values: Series, begin: int, origin: int, step: int, season: int, most: int, seen: Series) -> float:
    """Median of the last `most` counted values at the step's place in the season; NaN where there is none."""
    count, at = 0, origin - season + step % season
    while count < most and at >= begin and at >= 0:
        seen[count] = values[at]
        count += 1
        at -= season
    return middle(seen, count)

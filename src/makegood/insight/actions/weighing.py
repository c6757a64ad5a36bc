"""Changing how many points each fact gives or takes in the score of a renewal."""

import datetime
import math
from collections.abc import Mapping

from makegood.core import activity, permissions, verbs
from makegood.core.errors import Invalid
from makegood.core.models import Person
from makegood.engine import renewal
from makegood.insight.models import RenewalWeights

MOST = 50.0


@verbs.whole
def set_weights(points: Mapping[str, float], *, by: Person | None, at: datetime.datetime, why: str = "") -> RenewalWeights:
    """The points of every fact, 0 to 50; logged with what stood before."""
    permissions.check(by, "insight.set_goal")
    if set(points) != set(renewal.WEIGHTS):
        raise Invalid("each fact has its points.", place="points", remedy=f"Give {', '.join(renewal.WEIGHTS)}.")
    if any(not math.isfinite(one) or not 0 <= one <= MOST for one in points.values()):
        raise Invalid("points are from 0 to 50.", place="points", remedy="Give 0 for a fact that shall not count.")
    weights = RenewalWeights.objects.first() or RenewalWeights.objects.create()
    activity.change(weights, "renewal_weights.changed", by=by, at=at, why=why, points=dict(points))
    return weights

"""Applying recommended changes of delivery and publishing the plan that holds them."""

import datetime
from collections.abc import Sequence

from makegood.core import verbs
from makegood.core.models import Person
from makegood.delivery.actions import recommending
from makegood.delivery.models import Recommendation
from makegood.trafficking.models import Publication
from makegood.workflows import publishing


@verbs.whole
def apply(recommendations: Sequence[Recommendation], *, by: Person, at: datetime.datetime) -> int:
    """Make every change, then publish once when ad servers already run a plan. All or nothing; how many were applied."""
    for recommendation in recommendations:
        recommending.apply(recommendation, by=by, at=at)
    if recommendations and Publication.objects.exists():
        publishing.publish(by=by, at=at, why=recommendations[0].title)
    return len(recommendations)

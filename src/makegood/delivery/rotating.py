"""What optimised rotations learn from: how often each creative of a flight was shown and did what the rotation aims at."""

import datetime
from collections import defaultdict

from django.db.models import F, Sum
from django.db.models.functions import Least

from makegood.delivery.models import Fact
from makegood.trafficking.models import Rotation
from makegood.trafficking.plan import compiling, turns
from makegood.trafficking.plan.turns import Tally


def learnt(at: datetime.datetime, flights: list[int] | None = None) -> turns.Learnt:
    """Tallies by flight and version of every optimised flight the plan may hold, or of `flights`; net impressions count as shown."""
    chosen = Rotation.objects.filter(kind=Rotation.Kind.OPTIMISED)
    chosen = chosen.filter(flight__in=compiling.flights(at).values("pk") if flights is None else flights)
    found: dict[int, dict[int, Tally]] = defaultdict(dict)
    for aim in Rotation.Aim.values:
        rows = Fact.objects.filter(flight__rotation__in=chosen.filter(aim=aim), hour__lt=at, version__isnull=False)
        sums = rows.values("flight", "version").annotate(shown=Sum("net"), done=Least(Sum(aim), F("shown")))
        for flight, version, shown, done in sums.values_list("flight", "version", "shown", "done"):
            found[flight][version] = Tally(shown, done)
    return found

"""Supply told apart by hour where somebody asks for hours: by each placement's traffic curve, evenly where it has none. Reads only."""

import dataclasses
from collections.abc import Iterable, Sequence

import numpy as np

from makegood.catalog.models import TrafficCurve
from makegood.engine.outlook import Outlook
from makegood.engine.supply import Supply, hours
from makegood.engine.targeting import Targeting


def by_hour(stock: Supply, expected: Outlook, places: Sequence[int], aims: Iterable[Targeting]) -> tuple[Supply, Outlook]:
    """The same supply and outlook, split where one of `aims` is about hours; `places` are the outlook's groups in order."""
    wanted = hours.asked(list(aims))
    if not wanted:
        return stock, expected
    known = dict(TrafficCurve.objects.filter(placement__in=places).values_list("placement", "shares"))
    curves = np.array([known.get(pk, [1.0] * hours.WEEK) for pk in places], dtype=np.float64)
    split, group = hours.split(stock, expected.group, curves, wanted)
    return split, dataclasses.replace(expected, group=group)

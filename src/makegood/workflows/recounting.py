"""A recount, and what it means for bills already issued: they stay, the difference becomes an adjustment."""

import datetime
import pathlib

from makegood.billing.actions import adjusting
from makegood.billing.models import CountAdjustment
from makegood.core import verbs
from makegood.core.models import Person
from makegood.delivery.actions import recounting


@verbs.whole
def recount(
    folder: pathlib.Path, first: datetime.date, last: datetime.date, rules: str, *, why: str, by: Person | None, at: datetime.datetime
) -> tuple[recounting.Recounted, list[CountAdjustment]]:  # fmt: skip
    """Count the days anew by `rules` and note on every issued bill what changed in its counts."""
    done = recounting.recount(folder, first, last, rules, why=why, by=by, at=at)
    return done, adjusting.notice(adjusting.overlapping(first, last), why=why, by=by, at=at)

"""When each thing a launch needs is due, worked back in business days. Dates in, moments out."""

import datetime
from zoneinfo import ZoneInfo

from makegood.engine.schedule import Step, WorkingWeek, work_back
from makegood.orders.models import Line, Order

CLOSE_OF_BUSINESS = datetime.time(17)
WEEK = WorkingWeek()
LEAST_LEAD = 4  # creative, review, set-up and QA take a day each


def dues(line: Line) -> dict[str, datetime.date]:
    """{step: last day} for creative, review, set-up, QA and proof of live of one line.

    Creatives are due the product's lead days before launch; what lies between is the reviewer's.
    """
    review = max(line.product.lead_days, LEAST_LEAD) - 3
    steps = [Step("creative", 1, ("review",)), Step("review", review, ("setup",)), Step("setup", 1, ("qa",)), Step("qa", 1)]
    found = {due.step: due.due for due in work_back(line.start, steps, WEEK)}
    return found | {"live": WEEK.shift(line.start, 1)}


def moment(order: Order, day: datetime.date, *, at: datetime.datetime) -> datetime.datetime:
    """Close of business on a day in the order's zone; never before the next business day after `at`, for nobody is asked for yesterday."""
    earliest = WEEK.shift(at.astimezone(ZoneInfo(order.zone)).date(), 1)
    local = datetime.datetime.combine(max(day, earliest), CLOSE_OF_BUSINESS, ZoneInfo(order.zone))
    return local.astimezone(datetime.UTC)

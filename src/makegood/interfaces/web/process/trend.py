"""The trend of the process as a drawing: median and middle half by week, with the days on which something was changed."""

import dataclasses
import datetime
from collections.abc import Sequence

from makegood.insight.changes import Effect
from makegood.insight.mined import Week
from makegood.interfaces.web import formats
from makegood.interfaces.web.process.drawing import WIDTH, Shape, text


@dataclasses.dataclass(frozen=True)
class Trend:
    """The trend's drawing: lines of the scale, band, line, marks of changes, days below, the last figure."""

    scale: tuple[Shape, ...]
    band: str
    line: str
    marks: tuple[Shape, ...]
    days: tuple[Shape, ...]
    last: Shape


def trend(weeks: Sequence[Week], effects: Sequence[Effect]) -> Trend | None:
    """None with fewer than three weeks: two points are no trend."""
    if len(weeks) < 3:
        return None
    first, last = weeks[0].start, weeks[-1].start
    span = max((last - first).days, 1)
    top = max(week.high for week in weeks) * 1.1 or 1.0

    inside = [one.initiative for one in effects if first <= one.initiative.began_on <= last]

    def x(day: datetime.date) -> float:
        return 30 + (WIDTH - 92) * (day - first).days / span

    def y(days: float) -> float:
        return 182 - (160 - 16 * len(inside)) * days / top

    upper = [f"{text(x(week.start))} {text(y(week.high))}" for week in weeks]
    lower = [f"{text(x(week.start))} {text(y(week.low))}" for week in reversed(weeks)]
    ticks = _ticks(top)
    marks = tuple(
        _mark(x(one.began_on), f"{formats.day(one.began_on)}: {one.name}", n) for n, one in enumerate(inside)
    )
    step = max(1, len(weeks) // 5)
    return Trend(
        tuple(Shape("", y=text(y(tick)), text=f"{tick:g}", text_y=text(y(tick) + 4)) for tick in ticks), "M" + "L".join([*upper, *lower]) + "Z",
        "M" + "L".join(f"{text(x(week.start))} {text(y(week.median))}" for week in weeks), marks,
        tuple(Shape("", text=formats.day(week.start), text_x=text(x(week.start))) for week in weeks[::step]),
        Shape("", text=f"{weeks[-1].median:.1f} d", text_x=text(x(last) + 8), text_y=text(y(weeks[-1].median) + 4)),
    )  # fmt: skip


def _mark(x: float, words: str, row: int) -> Shape:
    """A change's day with its words beside it, on the side where there is room."""
    left = x > WIDTH / 2
    return Shape("end" if left else "start", x=text(x), text=words, text_x=text(x - 6 if left else x + 6), text_y=str(20 + 16 * row))


def _ticks(top: float) -> list[float]:
    step = next(size for size in (1, 2, 5, 10, 20, 50, 100, 1000) if top / size <= 5)
    return [step * n for n in range(1, int(top / step) + 1)]

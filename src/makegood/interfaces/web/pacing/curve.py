"""The pacing curve as the page draws it: paths in a square of 1000 that stretches, labels beside them at their own size.

The printed curve (documents.charts.pacing) shows the same series; a page is drawn too often to ask a chart engine.
"""

import dataclasses
from collections.abc import Callable, Sequence

from makegood.delivery.queries.pacing import PaceView
from makegood.interfaces.web import formats

SIDE = 1000.0
HEIGHT = 186  # of the plot, in pixels
LINE = 15  # a label's height


@dataclasses.dataclass(frozen=True, slots=True)
class Label:
    """Text at a share of the plot's width and so many pixels from its top."""

    text: str
    x: str
    y: str
    css: str = ""
    anchor: str = "start"
    dx: int = 0


@dataclasses.dataclass(frozen=True)
class Curve:
    """Paths by what they are, the ticks of both axes, the labels in the plot and at its right edge."""

    expected: str
    delivered: str
    projected: str
    band: str
    won: str
    promise_y: str
    today_x: str
    dot: tuple[str, str] | None
    grid: tuple[tuple[str, str], ...]
    days: tuple[Label, ...]
    labels: tuple[Label, ...]
    right: tuple[Label, ...]
    height: int = HEIGHT


def of(view: PaceView, end_with_changes: int) -> Curve:
    """The curve of a line; `end_with_changes` draws where it would end with what is recommended, when that is more."""
    curve, pace = view.curve, view.pace
    days = len(curve.days)
    top = 1.04 * max(pace.goal, curve.expected[-1], *(three[2] for three in curve.projected), *(curve.delivered or (1,)))
    today = min(1.0, curve.today / days)
    first = days - len(curve.projected) + 1
    ahead = [today, *(min(1.0, (first + n) / days) for n in range(1, len(curve.projected)))] if curve.projected else []

    def y(units: float) -> float:
        return 1 - units / top

    done = [(0.0, y(0)), *((min(n, curve.today) / days, y(units)) for n, units in enumerate(curve.delivered, 1))]
    low, likely, high = ([(x, y(three[n])) for x, three in zip(ahead, curve.projected, strict=True)] for n in range(3))
    won = _won(view, end_with_changes, ahead, y)
    return Curve(
        expected=_path([(0.0, y(0)), *((n / days, y(units)) for n, units in enumerate(curve.expected, 1))]), delivered=_path(done),
        projected=_path(likely), band=f"{_path(high)}{_path(low[::-1]).replace('M', 'L')}Z" if likely else "", won=won[0],
        promise_y=_at(y(pace.goal)), today_x=_percent(today), dot=(_percent(done[-1][0]), _pixels(done[-1][1])) if curve.delivered else None,
        grid=tuple((_at(y(units)), formats.compact(units)) for units in _ticks(top)), days=_dates(view),
        labels=(*_labels(view, today, y(pace.goal), done[-1]), _named(view, y)), right=tuple(_apart([*_end(likely, pace.projected, pace.state), *won[1]])),
    )  # fmt: skip


def _won(view: PaceView, end: int, ahead: Sequence[float], y: Callable[[float], float]) -> tuple[str, list[Label]]:
    """The dotted line to where the changes lead."""
    if not ahead or end <= view.pace.projected:
        return "", []
    start, likely = view.curve.projected[0][1], [three[1] for three in view.curve.projected]
    span = (likely[-1] - start) or 1
    points = [(x, y(start + (units - start) * (end - start) / span)) for x, units in zip(ahead, likely, strict=True)]
    return _path(points), _end(points, end, "ok")


def _end(points: Sequence[tuple[float, float]], units: int, state: str) -> list[Label]:
    return [Label(formats.compact(units), "0", _pixels(points[-1][1], 4), f"{state} b")] if points else []


def _apart(labels: list[Label]) -> list[Label]:
    """Labels that would touch stand one under the other, the higher first."""
    found: list[Label] = []
    for label in sorted(labels, key=lambda one: float(one.y)):
        least = float(found[-1].y) + LINE if found else 0.0
        found.append(dataclasses.replace(label, y=f"{max(float(label.y), least):.1f}"))
    return found


def _labels(view: PaceView, today: float, promise: float, end: tuple[float, float]) -> list[Label]:
    found = [Label(f"{formats.integer(view.pace.goal)} promised", "0", _pixels(promise, LINE), "ink", dx=4)]
    if 0.0 < today < 1.0:
        late = today > 0.82
        found.append(Label("today", _percent(today), str(HEIGHT - 7), "t-brand", "end" if late else "start", -6 if late else 6))
    if view.curve.delivered and view.curve.delivered[-1]:
        left = today > 0.45
        low = min(0.3 * end[1] + 0.7 if left else 0.55 * end[1] + 0.45, 1 - (7 + LINE) / HEIGHT)  # well under the curve, over "today"
        said = f"delivered {formats.compact(view.curve.delivered[-1])}"
        found.append(Label(said, _percent(end[0]), _pixels(low), "ink", "end" if left else "start", -9 if left else 9))
    return found


def _named(view: PaceView, y: Callable[[float], float]) -> Label:
    """The dashed line's name, on the side where delivery does not run."""
    curve, days = view.curve, len(view.curve.days)
    upto = len(curve.delivered)
    behind = not upto or curve.delivered[-1] <= curve.expected[upto - 1]
    n = int((days - 1) * (0.5 if behind else 0.66))
    side = ("end", -9, -7) if behind else ("start", 9, 15)
    return Label("expected on the curve", _percent((n + 1) / days), _pixels(y(curve.expected[n]), side[2]), "mut", side[0], side[1])


def _dates(view: PaceView) -> tuple[Label, ...]:
    """First day, two between, last day."""
    days = view.curve.days
    last = len(days) - 1
    steps = sorted({0, last // 3, 2 * last // 3, last})
    anchors = {0: "start", last: "end"}
    return tuple(Label(formats.day(days[n]), _percent((n + (n == last)) / len(days)), "0", "mut", anchors.get(n, "middle")) for n in steps)


def _ticks(top: float) -> list[float]:
    """Three or four round figures below the top."""
    size = 10.0 ** (len(str(int(top))) - 1)
    step = next(one * size for one in (0.1, 0.2, 0.25, 0.5, 1.0, 2.0, 2.5, 5.0) if top / (one * size) <= 4.6)
    return [step * n for n in range(1, int(top / step) + 1) if step * n < top * 0.94]


def _path(points: Sequence[tuple[float, float]]) -> str:
    return "".join(f"{'L' if n else 'M'}{x * SIDE:.1f} {y * SIDE:.1f}" for n, (x, y) in enumerate(points))


def _percent(share: float) -> str:
    return f"{share * 100:.2f}%"


def _at(share: float) -> str:
    return f"{share * HEIGHT:.1f}"


def _pixels(share: float, more: int = 0) -> str:
    return f"{share * HEIGHT + more:.1f}"

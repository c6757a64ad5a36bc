"""The process map and its trend as drawings: places and widths only, as text that no locale can change."""

import dataclasses
import datetime
from collections.abc import Sequence

from makegood.engine import flowmap
from makegood.insight.changes import Effect
from makegood.insight.mined import SIDES, Mined, Week
from makegood.interfaces.web import formats

WIDTH, NODE, TOP, HEIGHT, BASE, TALL = 942.0, 78.0, 96.0, 46.0, 372.0, 186.0
FILLS = {"us": "f-bar", "client": "f-watch", "partner": "f-bar-2"}
LABELLED = 0.3  # days a part of a bar needs to carry its figure


@dataclasses.dataclass(frozen=True)
class Shape:
    """One thing drawn: a path or a box with where its words stand. `css` names its look, never a colour."""

    css: str
    d: str = ""
    x: str = ""
    y: str = ""
    width: str = ""
    height: str = ""
    text: str = ""
    text_x: str = ""
    text_y: str = ""
    second: str = ""


@dataclasses.dataclass(frozen=True)
class Map:
    """All shapes of the map, by layer."""

    arrows: tuple[Shape, ...]
    arcs: tuple[Shape, ...]
    skips: tuple[Shape, ...]
    nodes: tuple[Shape, ...]
    bars: tuple[Shape, ...]
    totals: tuple[Shape, ...]


def flow(found: Mined) -> Map:
    """The map of one window."""
    step = WIDTH / len(found.stages)
    at = {stage.name: step * (n + 0.5) for n, stage in enumerate(found.stages)}
    hot = max((one.target for one in found.returns[:1]), default="")
    nodes = tuple(
        Shape("hot" if stage.name == hot else "", x=_n(at[stage.name] - NODE / 2), y=_n(TOP), width=_n(NODE), height=_n(HEIGHT), text=stage.name, text_x=_n(at[stage.name]), second=str(stage.cases))
        for stage in found.stages
    )  # fmt: skip
    return Map(_arrows(found, at), tuple(_arc(one, at, found) for one in found.returns[:6]), tuple(_skips(found, at)), nodes, tuple(_bars(found, at)), tuple(_totals(found, at)))


def _arrows(found: Mined, at: dict[str, float]) -> tuple[Shape, ...]:
    names = [stage.name for stage in found.stages]
    shapes = []
    for one, two in zip(found.stages, found.stages[1:], strict=False):
        x1, x2, y = at[one.name] + NODE / 2, at[two.name] - NODE / 2, TOP + HEIGHT / 2
        width = 6.5 * min(one.cases, two.cases) / max(1, found.cases)
        shapes.append(Shape("line", d=f"M{_n(x1)} {_n(y)}H{_n(x2 - 6)}", width=_n(max(width, 0.8))))
        shapes.append(Shape("head", d=f"M{_n(x2 - 8)} {_n(y - 6)}L{_n(x2 - 1)} {_n(y)}L{_n(x2 - 8)} {_n(y + 6)}Z"))
    return tuple(shapes) if names else ()


def _arc(one: flowmap.Return, at: dict[str, float], found: Mined) -> Shape:
    """From the later stage back to the earlier, over the nodes."""
    x1, x2 = at[one.source] - 12, at[one.target] + 12
    lift = min(84.0, 50 + abs(x1 - x2) / 12)
    width = max(1.2, 12 * one.cases / max(1, found.cases))
    share, each = one.cases / max(1, found.cases), flowmap.days(one.each)
    words = f"{formats.percent(share, 0)} back" + (f", +{each:.1f} d" if each >= 0.5 else "")
    curve = f"M{_n(x1)} {_n(TOP - 2)}C{_n(x1 - 6)} {_n(TOP - lift)},{_n(x2 + 6)} {_n(TOP - lift)},{_n(x2)} {_n(TOP - 6)}"
    head = f"M{_n(x2 - 6)} {_n(TOP - 10)}L{_n(x2)} {_n(TOP - 1)}L{_n(x2 + 7)} {_n(TOP - 9)}Z"
    return Shape("back", d=curve, width=_n(min(width, 7.0)), text=words, text_x=_n((x1 + x2) / 2), text_y=_n(TOP - lift * 0.75 - 8), second=head)


def _skips(found: Mined, at: dict[str, float]) -> list[Shape]:
    names = [stage.name for stage in found.stages]
    shapes = []
    for name, cases in found.skipped.items():
        n = names.index(name)
        if 0 < n < len(names) - 1:
            x1, x2, y = at[names[n - 1]], at[names[n + 1]], TOP + HEIGHT
            curve = f"M{_n(x1)} {_n(y)}C{_n(x1 + 16)} {_n(y + 26)},{_n(x2 - 16)} {_n(y + 26)},{_n(x2)} {_n(y + 3)}"
            shapes.append(Shape("skip", d=curve, text=f"{cases} skipped", text_x=_n(at[name]), text_y=_n(y + 34)))
    return shapes


def _bars(found: Mined, at: dict[str, float]) -> list[Shape]:
    scale = TALL / max([0.1, *(stage.total for stage in found.stages)])
    shapes = []
    for stage in found.stages:
        y = BASE
        for side in SIDES:
            days = stage.days[side]
            if days * scale < 0.5:
                continue
            tall = days * scale
            label = f"{days:.1f}" if days >= LABELLED and tall > 17 else ""
            shapes.append(Shape(f"{FILLS[side]} {side}", x=_n(at[stage.name] - 25), y=_n(y - tall), width="50", height=_n(max(tall - 1, 0.5)), text=label, text_x=_n(at[stage.name]), text_y=_n(y - tall / 2 + 4)))
            y -= tall
    return shapes


def _totals(found: Mined, at: dict[str, float]) -> list[Shape]:
    return [Shape("", text=f"{stage.total:.1f} d", text_x=_n(at[stage.name]), text_y=_n(BASE + 17)) for stage in found.stages]


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

    def x(day: datetime.date) -> float:
        return 30 + (WIDTH - 92) * (day - first).days / span

    def y(days: float) -> float:
        return 182 - 160 * days / top

    upper = [f"{_n(x(week.start))} {_n(y(week.high))}" for week in weeks]
    lower = [f"{_n(x(week.start))} {_n(y(week.low))}" for week in reversed(weeks)]
    ticks = _ticks(top)
    inside = [one.initiative for one in effects if first <= one.initiative.began_on <= last]
    marks = tuple(
        Shape("mark", x=_n(x(one.began_on)), text=f"{formats.day(one.began_on)}: {one.name}", text_x=_n(x(one.began_on) + 6), text_y=str(20 + 16 * n))
        for n, one in enumerate(inside)
    )
    step = max(1, len(weeks) // 5)
    return Trend(
        tuple(Shape("", y=_n(y(tick)), text=f"{tick:g}", text_y=_n(y(tick) + 4)) for tick in ticks), "M" + "L".join([*upper, *lower]) + "Z",
        "M" + "L".join(f"{_n(x(week.start))} {_n(y(week.median))}" for week in weeks), marks,
        tuple(Shape("", text=formats.day(week.start), text_x=_n(x(week.start))) for week in weeks[::step]),
        Shape("", text=f"{weeks[-1].median:.1f} d", text_x=_n(x(last) + 8), text_y=_n(y(weeks[-1].median) + 4)),
    )  # fmt: skip


def _ticks(top: float) -> list[float]:
    step = next(size for size in (1, 2, 5, 10, 20, 50, 100, 1000) if top / size <= 5)
    return [step * n for n in range(1, int(top / step) + 1)]


def _n(value: float) -> str:
    return f"{value:.1f}"

"""The process map as a drawing: places and widths only, as text that no locale can change."""

import dataclasses

from makegood.engine import flowmap
from makegood.insight.mined import SIDES, Mined
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
        Shape(
            "hot" if stage.name == hot else "", x=text(at[stage.name] - NODE / 2), y=text(TOP), width=text(NODE), height=text(HEIGHT),
            text=stage.name, text_x=text(at[stage.name]), second=str(stage.cases),
        )
        for stage in found.stages
    )  # fmt: skip
    arcs = tuple(_arc(one, at, found) for one in found.returns[:6])
    return Map(_arrows(found, at), arcs, tuple(_skips(found, at)), nodes, tuple(_bars(found, at)), tuple(_totals(found, at)))


def _arrows(found: Mined, at: dict[str, float]) -> tuple[Shape, ...]:
    shapes = []
    for one, two in zip(found.stages, found.stages[1:], strict=False):
        x1, x2, y = at[one.name] + NODE / 2, at[two.name] - NODE / 2, TOP + HEIGHT / 2
        width = 6.5 * min(one.cases, two.cases) / max(1, found.cases)
        shapes.append(Shape("line", d=f"M{text(x1)} {text(y)}H{text(x2 - 6)}", width=text(max(width, 0.8))))
        shapes.append(Shape("head", d=f"M{text(x2 - 8)} {text(y - 6)}L{text(x2 - 1)} {text(y)}L{text(x2 - 8)} {text(y + 6)}Z"))
    return tuple(shapes)


def _arc(one: flowmap.Return, at: dict[str, float], found: Mined) -> Shape:
    """From the later stage back to the earlier, over the nodes."""
    x1, x2 = at[one.source] - 12, at[one.target] + 12
    lift = min(84.0, 50 + abs(x1 - x2) / 12)
    width = max(1.2, 12 * one.cases / max(1, found.cases))
    share, each = one.cases / max(1, found.cases), flowmap.days(one.each)
    words = f"{formats.percent(share, 0)} back" + (f", +{each:.1f} d" if each >= 0.5 else "")
    curve = f"M{text(x1)} {text(TOP - 2)}C{text(x1 - 6)} {text(TOP - lift)},{text(x2 + 6)} {text(TOP - lift)},{text(x2)} {text(TOP - 6)}"
    head = f"M{text(x2 - 6)} {text(TOP - 10)}L{text(x2)} {text(TOP - 1)}L{text(x2 + 7)} {text(TOP - 9)}Z"
    return Shape("back", d=curve, width=text(min(width, 7.0)), text=words, text_x=text((x1 + x2) / 2), text_y=text(TOP - lift * 0.75 - 8), second=head)


def _skips(found: Mined, at: dict[str, float]) -> list[Shape]:
    names = [stage.name for stage in found.stages]
    shapes = []
    for name, cases in found.skipped.items():
        n = names.index(name)
        if 0 < n < len(names) - 1:
            x1, x2, y = at[names[n - 1]], at[names[n + 1]], TOP + HEIGHT
            curve = f"M{text(x1)} {text(y)}C{text(x1 + 16)} {text(y + 26)},{text(x2 - 16)} {text(y + 26)},{text(x2)} {text(y + 3)}"
            shapes.append(Shape("skip", d=curve, text=f"{cases} skipped", text_x=text(at[name]), text_y=text(y + 34)))
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
            place = {"x": text(at[stage.name] - 25), "y": text(y - tall), "width": "50", "height": text(max(tall - 1, 0.5))}
            words = {"text": label, "text_x": text(at[stage.name]), "text_y": text(y - tall / 2 + 4)}
            shapes.append(Shape(f"{FILLS[side]} {side}", **place, **words))
            y -= tall
    return shapes


def _totals(found: Mined, at: dict[str, float]) -> list[Shape]:
    return [Shape("", text=f"{stage.total:.1f} d", text_x=text(at[stage.name]), text_y=text(BASE + 17)) for stage in found.stages]


def text(value: float) -> str:
    """A coordinate as text."""
    return f"{value:.1f}"

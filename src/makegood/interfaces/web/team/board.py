"""Load as bars: hours asked against hours there, a week a cell; days away are hatched. Nothing is computed but places."""

import dataclasses
import datetime
from collections.abc import Sequence

from makegood.insight.team import WEEKS, Load, monday
from makegood.interfaces.web import formats
from makegood.interfaces.web.components import geometry

TOP = 1.5  # a bar's lane ends at one and a half times a full week


@dataclasses.dataclass(frozen=True)
class Cell:
    """One person's week: the bar of what is asked, the tick of what is there, the hatched share that is away."""

    bar: geometry.Bar | None
    tick: str
    away: geometry.Bar | None
    words: str
    over: bool


@dataclasses.dataclass(frozen=True)
class BoardRow:
    """A person with their weeks."""

    load: Load
    cells: tuple[Cell, ...]
    tone: str
    skills: str


def weeks(now: datetime.datetime) -> list[str]:
    """The Mondays of the weeks shown."""
    return [formats.day(monday(now) + datetime.timedelta(weeks=n)) for n in range(WEEKS)]


def rows(loads: Sequence[Load]) -> list[BoardRow]:
    """In the order given, the fullest first."""
    return [
        BoardRow(load, tuple(_cell(load, week) for week in range(WEEKS)), _tone(load), ", ".join(load.person.skills))
        for load in loads
    ]


def _cell(load: Load, week: int) -> Cell:
    full = float(load.person.hours_per_week) or 1.0
    asked, there = float(load.hours[week]), float(load.capacity[week])
    over = asked > there
    gone = full - there
    fill = "f-risk" if over else "f-watch" if there and asked > 0.85 * there else "f-bar"
    words = f"{asked:g} of {there:g} h" + (f", {gone:g} away" if gone else "")
    away = geometry.bar(there / full / TOP, 1 / TOP, "f-hatch-watch") if gone > 0 else None
    bar = geometry.bar(0, asked / full / TOP, fill) if asked else None
    return Cell(bar, geometry.percent(there / full / TOP), away, words, over)


def _tone(load: Load) -> str:
    return "risk" if load.first_over is not None else "watch" if load.percent > 85 else ""

"""The steps from what was counted to what counts: gross, filtered, net, cap, billable. Checked, not trusted."""

from collections.abc import Sequence
from dataclasses import dataclass


class FiguresDisagree(ValueError):
    """Figures of one document do not add up; nothing was written."""


@dataclass(frozen=True, kw_only=True)
class CountStep:
    """One step: a change in units, or (with `total`) what stands after the changes before it."""

    label: str
    units: int
    total: bool = False


def check(steps: Sequence[CountStep], place: str) -> None:
    """Raise FiguresDisagree unless every total equals the total before it plus the changes between."""
    running: int | None = None
    for step in steps:
        if not step.total:
            running = (running or 0) + step.units
        elif running is not None and running != step.units:
            raise FiguresDisagree(
                f"{place}: '{step.label}' says {step.units:,} but the steps before it give {running:,}; "
                "count the line again before writing the document"
            )
        else:
            running = step.units


def demand(condition: bool, problem: str) -> None:
    """Raise FiguresDisagree with `problem` unless `condition` holds."""
    if not condition:
        raise FiguresDisagree(problem)

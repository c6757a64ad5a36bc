"""The live list of a life's twelve stages: what is done, the key figure of each, the time it took."""

from collections.abc import Callable

from rich.console import Console, ConsoleOptions, RenderResult
from rich.spinner import Spinner
from rich.table import Table

from makegood.workflows.order_life.stages import STAGES, Stage


class Board:
    """A rich renderable; `told` is what the course calls at each stage's beginning and end."""

    def __init__(self, title: str, clock: Callable[[], float]) -> None:
        self.title, self._clock, self._begun = title, clock, clock()
        self._figures: dict[int, tuple[str, float]] = {}
        self._now: int | None = None
        self._spinner = Spinner("dots")

    def told(self, stage: Stage, figure: str, seconds: float) -> "Board":
        """Note that a stage begins (no figure yet) or ends."""
        if figure:
            self._figures[stage.number] = figure, seconds
            self._now = None
        else:
            self._now = stage.number
        return self

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        table = Table(title=f"{self.title}   {self._clock() - self._begun:.0f} s", title_justify="left", box=None, padding=(0, 1), show_header=False)
        table.add_column(width=2)
        table.add_column(width=10)
        table.add_column(ratio=1)
        table.add_column(justify="right", width=7)
        for stage in STAGES:
            figure, seconds = self._figures.get(stage.number, ("", 0.0))
            if figure:
                table.add_row("[green]✓[/]", f"[bold]{stage.name}[/]", figure, f"{seconds:.1f} s")
            elif stage.number == self._now:
                table.add_row(self._spinner, f"[bold]{stage.name}[/]", stage.does, "")
            else:
                table.add_row("", f"[dim]{stage.name}[/]", f"[dim]{stage.does}[/]", "")
        yield table

"""The certified gap by processor seconds: Newton in growing boxes beside SHALE's sweeps, on one problem of the bench."""

import time
from collections.abc import Iterable, Iterator

import altair as alt
import numpy as np

from bench.supply_graph import contended
from makegood.engine import allocation
from makegood.engine.allocation import Problem, ascent, point
from makegood.engine.allocation.crew import Crew

SIZE, SEED, PATIENCE_S = (1_000, 20_000, 360_000), 1, 4.0
BRAND, INK, MUTED, LINE = "#0a6a7b", "#14202a", "#5f6c78", "#e2e6e9"
OURS, SHALE = "Newton in growing boxes", "SHALE's sweeps"


def draw() -> alt.LayerChart:
    """Measures, then draws."""
    graph = contended(SEED, *SIZE, 0.75, dear=10.0)
    of = allocation.problem(graph.capacity, graph.cells, graph.demand, graph.penalty)
    allocation.optimum(of, deadline_s=0.5)  # compiles
    rows = [*walked(OURS, of, ascent.path(of, None, Crew())), *walked(SHALE, of, sweeps(of))]
    ends = [next(row for row in reversed(rows) if row["way"] == way) for way in (OURS, SHALE)]
    title = alt.TitleParams(
        f"{ends[0]['s']:.2f} s to a certified gap of {ends[0]['gap']:.0e}; sweeps alone are at {ends[1]['gap']:.1%} after {ends[1]['s']:.0f} s",
        subtitle=f"{SIZE[0]:,} contracts, {SIZE[1]:,} cells, {graph.edges:,} edges, penalties 40 to 200 times V; processor seconds",
        anchor="start", fontSize=14, fontWeight=600, color=INK, subtitleColor=MUTED, subtitleFontSize=12,
    )  # fmt: skip
    x = alt.X("s:Q", title="processor seconds", scale=alt.Scale(domain=[0, PATIENCE_S]), axis=alt.Axis(grid=False, tickCount=5))
    y = alt.Y("gap:Q", title="certified gap", scale=alt.Scale(type="log"), axis=alt.Axis(format=".0e", gridColor=LINE, tickCount=5))
    colour = alt.Color("way:N", legend=None, scale=alt.Scale(domain=[OURS, SHALE], range=[BRAND, MUTED]))
    lines = alt.Chart(alt.Data(values=rows)).mark_line(strokeWidth=2).encode(x, y, colour)
    names = [dict(rows_of(rows, way)[len(rows_of(rows, way)) * 2 // 3]) for way in (OURS, SHALE)]
    labels = alt.Chart(alt.Data(values=names)).mark_text(align="left", dx=8, dy=-8, fontSize=12).encode(x, y, colour, text="way:N")
    axis = {"labelColor": MUTED, "titleColor": MUTED, "titleFontWeight": 400, "domainColor": LINE}
    return alt.layer(lines, labels).properties(title=title, width=480, height=280).configure(font="Inter", view={"stroke": None}, axis=axis)


def rows_of(rows: list[dict[str, object]], way: str) -> list[dict[str, object]]:
    """Those of one way."""
    return [row for row in rows if row["way"] == way]


def walked(way: str, of: Problem, points: Iterable[point.Point]) -> Iterator[dict[str, object]]:
    """A row a point: the best plan and the best bound so far."""
    least, bound, begun = np.inf, 0.0, time.process_time()
    for one in points:
        least, bound, spent = min(least, one.primal(of.p)), max(bound, one.dual), time.process_time() - begun
        yield {"way": way, "s": spent, "gap": (least - bound) / least}
        if least - bound <= 1e-5 * least or spent > PATIENCE_S:
            return


def sweeps(of: Problem) -> Iterator[point.Point]:
    """Stage 1 of SHALE, as long as it is wanted."""
    here = point.at(of, np.zeros(of.contracts), np.zeros(len(of.s)), Crew())
    while True:
        yield here
        here = point.swept(of, here, of.p, Crew())

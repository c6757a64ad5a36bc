"""Decisions a second by requests a cell: in bulk, cell by cell in Python, and one by one."""

import argparse

import altair as alt

from bench import simulate
from bench.pictures.look import BRAND, CONFIG, INK, LINE, MUTED, title

SIZES = (1, 3, 10, 30, 100, 300, 1000)
NAMES = {
    "bulk": "in bulk (simulator)",
    "serve": "cell by cell (decision.serve)",
    "decide": "one by one (Decider.decide)",
}
MEASURED_ON = "400 flights on 12 placements, 2,592 cells, median 57 eligible flights; all by the rule of the decision"


def draw() -> alt.LayerChart:
    """Measures, then draws."""
    rows = [row for size in SIZES for row in _measured(size)]
    ends = [row for row in rows if row["requests"] == SIZES[-1]]
    top = next(row["pace"] for row in rows if row["way"] == NAMES["bulk"] and row["requests"] == 30) / 1e6
    colour = alt.Color("way:N", legend=None, scale=alt.Scale(domain=list(NAMES.values()), range=[BRAND, INK, MUTED]))
    lines = alt.Chart(alt.Data(values=rows)).mark_line(strokeWidth=2, point=alt.OverlayMarkDef(size=30))
    labels = alt.Chart(alt.Data(values=ends)).mark_text(align="left", dx=8, fontSize=12)
    chart = alt.layer(lines.encode(_x(), _y(), colour), labels.encode(_x(), _y(), colour, text="way:N"))
    finding = f"With 30 requests a cell the simulator decides {top:.1f} million a second on one core"
    return chart.properties(title=title(finding, MEASURED_ON), width=480, height=280).configure(**CONFIG)


def _x() -> alt.X:
    axis = alt.Axis(values=[1, 10, 100, 1000], grid=False)
    return alt.X("requests:Q", title="requests in a cell", scale=alt.Scale(type="log", domain=[1, 1000]), axis=axis)


def _y() -> alt.Y:
    axis = alt.Axis(values=[10**n for n in range(4, 10)], format="~s", gridColor=LINE)
    scale = alt.Scale(type="log", domain=[1e4, 1e9])
    return alt.Y("pace:Q", title="decisions a second on one core", scale=scale, axis=axis)


def _measured(size: int) -> list[dict[str, object]]:
    found = simulate.run(argparse.Namespace(seed=1, flights=400, placements=12, requests=float(size), rounds=3))
    paces = {"serve": found.peers["serve_per_s"], "decide": found.peers["decide_per_s"]}
    paces["bulk"] = found.goals["bulk_decisions_per_s"].value
    return [{"way": NAMES[way], "requests": size, "pace": pace} for way, pace in paces.items()]

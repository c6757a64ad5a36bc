"""Decisions a second by requests a cell: in bulk, cell by cell in Python, and one by one."""
import argparse

import altair as alt

from bench import simulate

SIZES = (1, 3, 10, 30, 100, 300, 1000)
BRAND, INK, MUTED, LINE = "#0a6a7b", "#14202a", "#5f6c78", "#e2e6e9"
NAMES = {"bulk": "in bulk (simulator)", "serve": "cell by cell (decision.serve)", "decide": "one by one (Decider.decide)"}


def draw() -> alt.LayerChart:
    """Measures, then draws."""
    rows = [row for size in SIZES for row in _measured(size)]
    ends = [row for row in rows if row["requests"] == SIZES[-1]]
    top = next(row["pace"] for row in rows if row["way"] == NAMES["bulk"] and row["requests"] == 30) / 1e6
    colour = alt.Color("way:N", legend=None, scale=alt.Scale(domain=list(NAMES.values()), range=[BRAND, INK, MUTED]))
    x = alt.X("requests:Q", title="requests in a cell", scale=alt.Scale(type="log", domain=[1, 1000]), axis=alt.Axis(values=[1, 10, 100, 1000], grid=False))
    y = alt.Y("pace:Q", title="decisions a second on one core", scale=alt.Scale(type="log", domain=[1e4, 1e9]),
              axis=alt.Axis(values=[10**n for n in range(4, 10)], format="~s", gridColor=LINE))  # fmt: skip
    lines = alt.Chart(alt.Data(values=rows)).mark_line(strokeWidth=2, point=alt.OverlayMarkDef(size=30)).encode(x, y, colour)
    labels = alt.Chart(alt.Data(values=ends)).mark_text(align="left", dx=8, fontSize=12).encode(x, y, colour, text="way:N")
    title = alt.TitleParams(
        f"With 30 requests a cell the simulator decides {top:.1f} million a second on one core", anchor="start", fontSize=14, fontWeight=600, color=INK,
        subtitle="400 flights on 12 placements, 2,592 cells, median 57 eligible flights; the rule of the single decision in all three",
        subtitleColor=MUTED, subtitleFontSize=12,
    )  # fmt: skip
    look = {"font": "Inter", "view": {"stroke": None}, "axis": {"labelColor": MUTED, "titleColor": MUTED, "titleFontWeight": 400, "domainColor": LINE}}
    return alt.layer(lines, labels).properties(title=title, width=480, height=280).configure(**look)


def _measured(size: int) -> list[dict[str, object]]:
    options = argparse.Namespace(seed=1, flights=400, placements=12, requests=float(size), rounds=3)
    found = simulate.run(options)
    paces = {"bulk": found.goals["bulk_decisions_per_s"].value, "serve": found.peers["serve_per_s"], "decide": found.peers["decide_per_s"]}
    return [{"way": NAMES[way], "requests": size, "pace": pace} for way, pace in paces.items()]

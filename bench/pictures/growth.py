"""Time and memory of a plan as work grows, both axes logarithmic."""

import argparse

import altair as alt

from bench import growth

SEED = 1
BRAND, INK, MUTED, LINE = "#0a6a7b", "#14202a", "#5f6c78", "#e2e6e9"
TIME, MEMORY = "processor seconds to a gap of 1e-3", "peak of arrays, GB"


def draw() -> alt.LayerChart:
    """Measures, then draws."""
    found = growth.run(argparse.Namespace(seed=SEED, sizes=len(growth.SIZES)))
    measured = list(found.figures.values())
    rise = found.goals["slope_of_time_in_edges"].value
    rows = [{"what": TIME, "edges": one["edges"], "value": one["cpu_s"]} for one in measured]
    rows += [{"what": MEMORY, "edges": one["edges"], "value": one["peak_mb"] / 1024} for one in measured]
    last = measured[-1]
    title = alt.TitleParams(
        f"Time grows as edges to the power {rise:.2f}: {last['edges'] / 1e6:.1f} million take {last['cpu_s']:.1f} s",
        subtitle=f"{measured[0]['contracts']:,} contracts on {measured[0]['cells']:,} cells to {last['contracts']:,} on {last['cells']:,}; all threads together",
        anchor="start", fontSize=14, fontWeight=600, color=INK, subtitleColor=MUTED, subtitleFontSize=12,
    )  # fmt: skip
    x = alt.X("edges:Q", title="edges (a contract and a cell it may have)", scale=alt.Scale(type="log"), axis=alt.Axis(format="~s", grid=False, tickCount=5))
    y = alt.Y("value:Q", title=None, scale=alt.Scale(type="log"), axis=alt.Axis(format="~g", gridColor=LINE, tickCount=5))
    colour = alt.Color("what:N", legend=None, scale=alt.Scale(domain=[TIME, MEMORY], range=[BRAND, MUTED]))
    lines = alt.Chart(alt.Data(values=rows)).mark_line(strokeWidth=2, point=alt.OverlayMarkDef(size=40)).encode(x, y, colour)
    named = [rows[len(measured) - 1], rows[-1]]
    labels = alt.Chart(alt.Data(values=named)).mark_text(align="right", dx=-10, dy=-10, fontSize=12).encode(x, y, colour, text="what:N")
    axis = {"labelColor": MUTED, "titleColor": MUTED, "titleFontWeight": 400, "domainColor": LINE}
    return alt.layer(lines, labels).properties(title=title, width=480, height=280).configure(font="Inter", view={"stroke": None}, axis=axis)

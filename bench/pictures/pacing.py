"""Pacing: how far each controller is from its curve, misses it and overspends, in parts of LinkedIn's figure."""

import argparse

import altair as alt

from bench import pacing
from bench.pictures.look import BRAND, CONFIG, INK, LINE, PLAIN, title

MEASURES = {"error": "distance from the curve", "under_1_percent": "flights > 1 % short", "under": "under-delivery", "over": "overspend"}
NAMES = {"makegood": "Makegood", "mystique": "Mystique", "pi": "PI", "smart_pacing": "Smart Pacing"}


def draw() -> alt.LayerChart:
    """Measures, then draws."""
    found = pacing.run(argparse.Namespace(seed=1, traffic=None, flights=400, lag=3, spend=0.5))
    scores = {"makegood": {key: found.figures[key] for key in MEASURES}, **found.peers}
    rows = [row for key in MEASURES for row in _rows(key, scores)]
    finding = f"Flights keep to their curve within {scores['makegood']['error'] * 100:.1f} % of the goal, on the same requests as the peers"
    base = alt.Chart(alt.Data(values=rows))
    y = alt.Y("measure:N", sort=list(MEASURES.values()), title=None, axis=alt.Axis(labelColor=INK, ticks=False, labelLimit=200))
    x = alt.X("ratio:Q", title="parts of LinkedIn's figure (1 = as LinkedIn's controller)", axis=alt.Axis(gridColor=LINE, tickCount=6))
    colour = alt.Color("own:N", legend=None, scale=alt.Scale(domain=[True, False], range=[BRAND, PLAIN]))
    offset = alt.YOffset("name:N", sort=list(NAMES.values()))
    bars = base.mark_bar(height=10).encode(x, y, offset, colour)
    labels = base.mark_text(align="left", dx=4, fontSize=11, color=INK).encode(x, y, offset, text="label:N")
    subtitle = "400 flights of a day, generated traffic, seed 1, counts known after 3 minutes"
    chart = alt.layer(bars, labels).properties(title=title(finding, subtitle), width=520, height=300)
    return chart.configure(**CONFIG)


def _rows(key: str, scores: dict[str, dict[str, float]]) -> list[dict[str, object]]:
    return [
        {"measure": MEASURES[key], "name": shown, "ratio": scores[name][key] / scores["linkedin"][key], "own": name == "makegood",
         "label": f"{shown} {scores[name][key] / scores['linkedin'][key]:.2f}"}
        for name, shown in NAMES.items()
    ]

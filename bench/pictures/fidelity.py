"""Fidelity: under-delivery realised by serving, with the plan made again every day and without, beside HWM and a waterfall."""

import argparse

import altair as alt

from bench import fidelity
from bench.pictures.look import BRAND, CONFIG, INK, LINE, MUTED, PLAIN, title

WORLDS = {"right": "forecast right", "cells_wrong": "every cell wrong by up to 20 %", "groups_wrong": "every group wrong by up to 20 %"}
NAMES = {"best": "a plan that knew the traffic", "own": "planned again each day", "plan_without_feedback": "planned once", "hwm": "HWM", "priority_waterfall": "priority waterfall"}
COLOURS = [MUTED, BRAND, PLAIN, PLAIN, PLAIN]


def draw() -> alt.LayerChart:
    """Measures, then draws."""
    found = fidelity.run(
        argparse.Namespace(seed=1, contracts=800, cells=16_000, edges=290_000, sold=0.76, requests=5e6, groups=100, every=24)
    )
    values = {"best": found.figures["plan_that_knew_the_traffic"], "own": found.figures["realised"], **found.peers}
    rows = [
        {"world": shown, "name": NAMES[name], "missed": one[world], "label": f"{NAMES[name]} {one[world] * 100:.2f} %"}
        for world, shown in WORLDS.items() for name, one in values.items()
    ]
    base = alt.Chart(alt.Data(values=rows))
    x = alt.X("missed:Q", title="under-delivery, weighted by penalty, of everything promised", axis=alt.Axis(format=".0%", gridColor=LINE, tickCount=6))
    y = alt.Y("world:N", sort=list(WORLDS.values()), title=None, axis=alt.Axis(labelColor=INK, ticks=False, labelLimit=220))
    offset = alt.YOffset("name:N", sort=list(NAMES.values()))
    colour = alt.Color("name:N", legend=None, scale=alt.Scale(domain=list(NAMES.values()), range=COLOURS))
    bars = base.mark_bar(height=11).encode(x, y, offset, colour)
    labels = base.mark_text(align="left", dx=4, fontSize=11, color=INK).encode(x, y, offset, text="label:N")
    ratio = found.goals["realised_to_plan"].value
    finding = f"Planned again each day, serving misses {ratio:.2f} × what the plan itself does"
    subtitle = f"{found.figures['contracts']} contracts, {found.figures['edges']:,} edges, 5 million requests in 14 days, seed 1"
    return alt.layer(bars, labels).properties(title=title(finding, subtitle), width=520, height=330).configure(**CONFIG)

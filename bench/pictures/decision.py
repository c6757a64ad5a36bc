"""Clicks lost by rotation as batches of counts come in: even beside optimised.

Medians over seeded sets of creatives, shown through the decision itself.
"""
import statistics

import altair
import numpy as np

from bench import creatives

BATCHES, WORLDS = (2, 4, 8, 15, 30, 60), 8
COLOURS = {"even": "#b0311d", "optimised": "#0a6a7b"}


def draw() -> altair.LayerChart:
    """A line a rotation, labelled at its end."""
    rows = [{"rotation": kind, "batches": batches, "lost": lost(kind, batches)} for kind in COLOURS for batches in BATCHES]
    ends = {str(row["rotation"]): row for row in rows}
    title = (f"Optimised rotation ends {ends['optimised']['lost']:.0%} short of the best creative's clicks, "
             f"even rotation {ends['even']['lost']:.0%}")
    base = altair.Chart(altair.Data(values=rows)).encode(
        x=altair.X("batches:Q", scale=altair.Scale(nice=False, domain=[0, 70]), axis=altair.Axis(title="batches of 20,000 impressions", values=[0, 20, 40, 60], grid=False)),
        y=altair.Y("lost:Q", scale=altair.Scale(domain=[0, 0.8]), axis=altair.Axis(title="clicks lost so far", format="%", tickCount=4)),
        color=altair.Color("rotation:N", scale=altair.Scale(domain=list(COLOURS), range=list(COLOURS.values())), legend=None))
    names = altair.Chart(altair.Data(values=list(ends.values()))).mark_text(align="left", dx=8, fontSize=12).encode(
        x="batches:Q", y="lost:Q", text="rotation:N", color="rotation:N")
    return (base.mark_line(strokeWidth=2) + base.mark_point(filled=True, size=40) + names).properties(
        width=560, height=260, title=title
    ).configure(font="Inter").configure_title(fontSize=14, anchor="start", fontWeight=600, color="#14202a").configure_axis(
        labelColor="#5f6c78", titleColor="#5f6c78", titleFontWeight=400, gridColor="#e2e6e9", domainColor="#e2e6e9").configure_view(stroke=None)


def lost(kind: str, batches: int) -> float:
    """Median share of clicks lost after so many batches."""
    found = []
    for seed in range(WORLDS):
        rng = np.random.default_rng(seed)
        found.append(creatives.loss(kind, creatives.rates(10, rng), rng, batches=batches))
    return statistics.median(found)

"""Bytes that hold who may serve what, as contracts grow: edges beside tables of rows × contracts.

Array sizes, not timings, so the picture is the same on every machine.
"""
import altair
import numpy as np

from bench import audience
from makegood.engine import eligibility

ROWS, SEED = 20_000, 1
STEPS = (250, 500, 1_000, 2_000, 4_000)
COLOURS = {"edges, kept": "#0a6a7b", "table of bits": "#5f6c78", "table of bytes": "#b0311d"}


def draw() -> altair.LayerChart:
    """A line a way of keeping it, labelled at its end."""
    rows = measured()
    last = {row["way"]: row for row in rows}
    ratio = last["table of bytes"]["mb"] / last["edges, kept"]["mb"]
    base = altair.Chart(altair.Data(values=rows)).encode(
        x=altair.X("contracts:Q", scale=altair.Scale(type="log", nice=False, domain=[STEPS[0], 2.4 * STEPS[-1]]),
                   axis=altair.Axis(title="contracts", values=list(STEPS), format=",d", grid=False)),
        y=altair.Y("mb:Q", scale=altair.Scale(type="log"), axis=altair.Axis(title="MB for 20,000 sampled requests", values=[0.1, 1, 10, 100], format="~g")),
        color=altair.Color("way:N", scale=altair.Scale(domain=list(COLOURS), range=list(COLOURS.values())), legend=None))
    names = altair.Chart(altair.Data(values=list(last.values()))).mark_text(align="left", dx=8, fontSize=12).encode(
        x="contracts:Q", y="mb:Q", text="way:N", color="way:N")
    return (base.mark_line(strokeWidth=2) + base.mark_point(filled=True, size=40) + names).properties(
        width=560, height=300, title=f"Kept as edges, who may serve what takes {ratio:.0f} times less memory than a table of bytes"
    ).configure(font="Inter").configure_title(fontSize=14, anchor="start", fontWeight=600, color="#14202a").configure_axis(
        labelColor="#5f6c78", titleColor="#5f6c78", titleFontWeight=400, gridColor="#e2e6e9", domainColor="#e2e6e9").configure_view(stroke=None)


def measured() -> list[dict[str, object]]:
    """MB by way and number of contracts."""
    rng = np.random.default_rng(SEED)
    sample, wanted = audience.supply(ROWS, rng), audience.contracts(STEPS[-1], rng)
    rows: list[dict[str, object]] = []
    for count in STEPS:
        found = eligibility.match(sample, wanted[:count])
        kept = found.found.nbytes + found.first.nbytes + found.cell.nbytes
        for way, size in zip(COLOURS, (kept, ROWS * count / 8, ROWS * count), strict=True):
            rows.append({"way": way, "contracts": count, "mb": size / 2**20})
    return rows

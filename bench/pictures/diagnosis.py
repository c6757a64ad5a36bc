"""One planted case told three ways: averaged over orders, and as a waterfall in one order and in the reverse."""

import altair as alt
import numpy as np

from bench import causes, waterfall
from bench.pictures.look import CONFIG, INK, LINE, PLAIN, RISK, title
from bench.planted import measured, telling
from makegood.engine import simulator
from makegood.engine.causes import Cause

SEED, MAIN = 5, Cause.NARROWER
WAYS = ("averaged over every order", "waterfall, first to last", "waterfall, last to first")
WORDS = {Cause.NARROWER: "narrower audience", Cause.PACING: "pacing and other", Cause.CONTENTION: "competing order"}
MEASURED_ON = "One flight, 21 days; the planted main cause in red; every column adds up to the same gap"


def draw() -> alt.FacetChart:
    """Plants, diagnoses, draws."""
    ways, moved = _told()
    rows = [row for way, units in zip(WAYS, ways, strict=True) for row in _rows(way, units)]
    data, y = alt.Chart(alt.Data(values=rows)), _causes([row["cause"] for row in rows])
    axis = alt.Axis(format="~s", gridColor=LINE, tickCount=4)
    x = alt.X("units:Q", title="impressions taken (left of zero: won back)", axis=axis)
    colour = alt.Color("planted:N", legend=None, scale=alt.Scale(domain=[True, False], range=[RISK, PLAIN]))
    labels = data.mark_text(align="left", dx=4, fontSize=11, color=INK)
    text = labels.encode(alt.X("end:Q"), y, text=alt.Text("units:Q", format=",.0f"))
    header = alt.Header(labelColor=INK, labelFontSize=12, labelAnchor="start")
    chart = alt.layer(data.mark_bar(height=12).encode(x, y, colour), text).properties(width=190, height=200)
    column = alt.Column("way:N", title=None, sort=list(WAYS), header=header)
    finding = f"Reversing a waterfall moves {moved:.0%} of the gap between causes; the average over orders has no order"
    return chart.facet(column).properties(title=title(finding, MEASURED_ON)).configure(**CONFIG)


def _causes(names: list[object]) -> alt.Y:
    axis = alt.Axis(domain=False, ticks=False, labelFontSize=12, labelColor=INK)
    return alt.Y("cause:N", title=None, sort=list(dict.fromkeys(names)), axis=axis)


def _rows(way: str, units: dict[Cause, float]) -> list[dict[str, object]]:
    return [
        {
            "way": way,
            "cause": WORDS.get(cause, cause.replace("_", " ")),
            "units": taken,
            "end": max(0.0, taken),
            "planted": cause is MAIN,
        }
        for cause, taken in units.items()
    ]


def _told() -> tuple[list[dict[Cause, float]], float]:
    """Units by cause in each way, in the order of the first, and the part of the gap the two waterfalls differ by."""
    case = next(causes.cases([MAIN], SEED))
    here, happened = case.market, measured.happened(case.market, case.logs)
    goal, delivered = round(simulator.simulate(here.planned).finish[0]), round(case.logs.net.sum())
    told = telling.explained(here, happened, delivered, goal, np.random.default_rng(1))
    ways = [{finding.cause: float(finding.units) for finding in told.findings}]
    for order in (telling.ORDER, telling.ORDER[::-1]):
        taken = waterfall.replayed(here, happened, order)
        taken[Cause.PACING] = taken.get(Cause.PACING, 0.0) + told.gap - sum(taken.values())
        ways.append({cause: taken.get(cause, 0.0) for cause in ways[0]})
    moved = sum(abs(ways[1][cause] - ways[2][cause]) for cause in ways[0]) / 2 / told.gap
    return ways, moved

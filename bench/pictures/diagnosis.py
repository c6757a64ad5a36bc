"""One planted case told three ways: averaged over orders, and as a waterfall in one order and in the reverse."""
import altair as alt
import numpy as np

from bench import causes, waterfall
from bench.planted import measured
from makegood.engine import diagnosis, simulator
from makegood.engine.causes import Cause

SEED, MAIN = 5, Cause.NARROWER
BRAND, INK, MUTED, LINE, RISK = "#0a6a7b", "#14202a", "#5f6c78", "#e2e6e9", "#d9634d"
WAYS = ("averaged over every order", "waterfall, first to last", "waterfall, last to first")
WORDS = {Cause.NARROWER: "narrower audience", Cause.TRAFFIC: "traffic", Cause.PACING: "pacing and other", Cause.CONTENTION: "competing order"}


def draw() -> alt.FacetChart:
    """Plants, diagnoses, draws."""
    rows, moved = _told()
    order = list(dict.fromkeys(row["cause"] for row in rows))
    data = alt.Chart(alt.Data(values=rows))
    y = alt.Y("cause:N", title=None, sort=order, axis=alt.Axis(domain=False, ticks=False, labelFontSize=12, labelColor=INK))
    x = alt.X("units:Q", title="impressions taken (left of zero: won back)", axis=alt.Axis(format="~s", gridColor=LINE, tickCount=4))
    colour = alt.Color("planted:N", legend=None, scale=alt.Scale(domain=[True, False], range=[RISK, "#a9b4bd"]))
    bars = data.mark_bar(height=12).encode(x, y, colour)
    labels = data.mark_text(align="left", dx=4, fontSize=11, color=INK).encode(alt.X("end:Q"), y, text=alt.Text("units:Q", format=",.0f"))
    title = alt.TitleParams(
        f"The order of a waterfall moves {moved:.0%} of the gap between causes; an average over orders has none to choose",
        anchor="start", fontSize=14, fontWeight=600, color=INK, subtitle="One flight, 21 days; the planted main cause in red; every column adds up to the same gap",
        subtitleColor=MUTED, subtitleFontSize=12,
    )  # fmt: skip
    look = {"font": "Inter", "view": {"stroke": None}, "axis": {"labelColor": MUTED, "titleColor": MUTED, "titleFontWeight": 400, "domainColor": LINE}}
    column = alt.Column("way:N", title=None, sort=list(WAYS), header=alt.Header(labelColor=INK, labelFontSize=12, labelAnchor="start"))
    return alt.layer(bars, labels).properties(width=190, height=200).facet(column).properties(title=title).configure(**look)


def _told() -> tuple[list[dict[str, object]], float]:
    rng = np.random.default_rng(SEED)
    case = None
    while case is None:
        case = causes.case(MAIN, rng)
    happened = measured.happened(case.market, case.logs)
    expected = simulator.simulate(case.market.planned).counted[:, 0].sum()
    delivered = round(case.logs.net.sum())
    told = diagnosis.explain(
        case.market.planned, happened, flight="focus", delivered=delivered, goal=round(expected), value=causes.VALUE, rng=np.random.default_rng(1)
    )
    ways = [{finding.cause: float(finding.units) for finding in told.findings}]
    for order in (causes.ORDER, causes.ORDER[::-1]):
        taken = waterfall.replayed(case.market, happened, order)
        taken[Cause.PACING] = taken.get(Cause.PACING, 0.0) + expected - delivered - sum(taken.values())
        ways.append(taken)
    names = [finding.cause for finding in told.findings]
    moved = sum(abs(ways[1].get(cause, 0) - ways[2].get(cause, 0)) for cause in names) / 2 / told.gap
    rows = [
        {"way": way, "cause": WORDS.get(cause, cause.replace("_", " ")), "units": units.get(cause, 0.0), "end": max(0.0, units.get(cause, 0.0)), "planted": cause is MAIN}
        for way, units in zip(WAYS, ways, strict=True) for cause in names
    ]  # fmt: skip
    return rows, moved

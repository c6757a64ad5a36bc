"""One generated series: what was known, what was held back, the forecast of it and its 80 per cent interval."""
import altair as alt
import numpy as np
import pandas as pd

from bench import series
from makegood.engine import forecast

SEED, HORIZON, SHOWN = 1, 48, 120
INK, BRAND, TINT, MUTED = "#14202a", "#0a6a7b", "#cfe3e7", "#5f6c78"


def draw() -> alt.LayerChart:
    """The chart; its title is what is to be seen in it."""
    one = series.generated(SEED, 6, HORIZON)[5]
    made = forecast.ahead(one.known[None], HORIZON)
    hours = np.arange(-SHOWN, HORIZON)
    counted = pd.DataFrame({"hour": hours, "requests": np.concatenate([one.known[-SHOWN:], one.held])})
    ahead = pd.DataFrame({"hour": hours[SHOWN:], "forecast": made.mean[0], "low": made.lo80[0], "high": made.hi80[0]})
    inside = int(((one.held >= made.lo80[0]) & (one.held <= made.hi80[0])).sum())
    x = alt.X("hour:Q", title="hours from the end of the history", axis=alt.Axis(grid=False, values=list(range(-96, 49, 24))), scale=alt.Scale(domain=[-SHOWN, HORIZON], nice=False))
    band = alt.Chart(ahead).mark_area(color=TINT).encode(x=x, y=alt.Y("low:Q", title="requests an hour"), y2="high:Q")
    line = alt.Chart(ahead).mark_line(color=BRAND, strokeWidth=2).encode(x=x, y="forecast:Q")
    seen = alt.Chart(counted).mark_line(color=INK, strokeWidth=1).encode(x=x, y="requests:Q")
    top = float(max(np.nanmax(counted["requests"]), ahead["high"].max()))
    said = pd.DataFrame({"hour": [-SHOWN, 0, 0], "at": [top * 1.12, top * 1.12, top * 1.04],
                         "text": ["counted", "forecast, two days", "80 % interval"], "colour": [INK, BRAND, MUTED]})  # fmt: skip
    words = alt.Chart(said).mark_text(align="left", font="Inter", fontSize=12).encode(
        x="hour:Q", y="at:Q", text="text:N", color=alt.Color("colour:N", scale=None)
    )
    title = f"{inside} of {HORIZON} hours that were held back lie within the 80 % interval"
    chart = alt.layer(band, seen, line, words).properties(width=640, height=260, title=title)
    return chart.configure(font="Inter").configure_title(anchor="start", fontSize=14, color=INK).configure_view(stroke=None)

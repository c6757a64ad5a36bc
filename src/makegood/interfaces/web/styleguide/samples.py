"""Made-up values of the gallery: the campaign of the pictures. They sum."""

import datetime
from typing import Any

from makegood.documents.charts import pacing
from makegood.interfaces.web import components as c
from makegood.interfaces.web.components import chart
from makegood.interfaces.web.styleguide import samples_words as words

YEAR = 2026


def _on(day: int, month: int = 11) -> datetime.date:
    return datetime.date(YEAR, month, day)


def values() -> dict[str, Any]:
    """What the gallery's template shows."""
    return {"promises": promises(), "head": promises()[1], "stats": stats(), "timeline": timeline(), "waterfall": waterfall(), "sum": hanging(),
            "explanation": words.explanation(), "facts": words.facts(), "events": words.events(), "comments": words.comments(), "empty": words.empty(),
            "tabs": words.tabs(), "chips": words.chips(), "choices": words.choices(), "charts": charts()}  # fmt: skip


def promises() -> list[c.Promise]:
    """On track, at risk, watch, blocked, no projection, over the goal."""
    return [
        c.Promise(3_200_000, 2_310_400, 3_248_000, 3_190_000, 3_306_000, "ok"),
        c.Promise(10_700_000, 6_953_500, 10_394_000, 10_208_000, 10_580_000, "risk"),
        c.Promise(4_200_000, 640_000, 4_010_000, 3_700_000, 4_290_000, "watch"),
        c.Promise(2_600_000, 0, 2_330_000, 2_210_000, 2_450_000, "blocked"),
        c.Promise(4, 3, unit="sends"),
        c.Promise(900_000, 980_000, 980_000),
    ]


def stats() -> list[c.Stat | None]:
    """The campaign's seven."""
    return [
        c.Stat("Delivered", "6.95M", "65.0 %"),
        c.Stat("Projected", "10.39M", "10.21 to 10.58M"),
        c.Stat("Promised", "10.70M", "impressions"),
        None,
        c.Stat("Booked", "$168,000", "net $142,800"),
        c.Stat("Earned", "$113,102", "to 17 Nov", explain=words.explanation()),
        c.Stat("Brief to live", "14.4", "was 16.9", unit="days", change_tone="ok"),
        c.Stat("At risk", "$6,912", "3 of 5 lines", tone="risk"),
    ]


def timeline() -> c.Timeline:
    """Five lines over six weeks."""
    flight = c.Flight
    return c.Timeline(
        lanes=[
            c.Lane("Homepage billboard", "News, 970×250", [flight(_on(19, 10), _on(29), 0.722, "2,310,400 of 3,200,000")]),
            c.Lane("Run of site mobile", "News, 300×250", [flight(_on(19, 10), _on(29), 0.605, "2,904,600 of 4,800,000")]),
            c.Lane("Weekday mornings, 30 s", "Listen, audio", [
                flight(_on(19, 10), _on(30, 10), 1, "500,000"), flight(_on(2), _on(29), 0.558, "558,200 of 1,000,000")]),
            c.Lane("Breakfast aisle", "Shelf, sponsored product", [flight(_on(2), _on(29), 0.12, "144,000 of 1,200,000")]),
            c.Lane("Morning Brief newsletter", "News, sponsorship", [
                flight(_on(23, 10), _on(24, 10), 1, "1"), flight(_on(30, 10), _on(31, 10), 1, "2"), flight(_on(6), _on(7), 1, "3"),
                flight(_on(20), _on(22), 0, "4", "blocked", title="Send 4 has no creative")]),
        ],
        start=_on(19, 10), end=_on(29), today=_on(18),
    )  # fmt: skip


def waterfall() -> c.Waterfall:
    """Where 336,000 went."""
    steps = [("Mobile traffic below forecast", -214_000), ("Frequency cap, 3 a day", -88_000), ("Creative approved 2 days late", -61_000),
             ("Meridian takeover, 9 Nov", -41_000), ("Invalid traffic filtered", -27_000), ("Re-plan won back", 95_000)]  # fmt: skip
    return c.Waterfall(("Promised", 4_800_000), steps, "Projected", 4_464_000, origin=4_250_000)


def hanging() -> c.HangingSum:
    """What is left in a week."""
    less = [("reserved", 3_120_000, "bar"), ("held", 480_000, "hatch-watch"), ("caps", 310_000, "bar")]
    return c.HangingSum(("matched", 5_240_000), less, "available")


def charts() -> list[c.Chart]:
    """The pacing curve as drawn by the server, and the same redrawn in the browser."""
    start = datetime.datetime(YEAR, 10, 19, tzinfo=datetime.UTC)
    days = [start + datetime.timedelta(days=number) for number in range(42)]
    ahead = [(days[number], 2_904_600 + (number - 29) * 130_000.0) for number in range(29, 42)]
    curve = pacing.PacingCurve(
        title="Ends 7 % short: mobile traffic fell", subtitle="Run of site mobile, 300×250. $9.50 CPM", state="risk", promised=4_800_000,
        today=days[29], expected=tuple((day, 4_800_000 * (number + 1) / 42) for number, day in enumerate(days)),
        delivered=tuple((day, 2_904_600 * (number + 1) / 30) for number, day in enumerate(days[:30])),
        projected=tuple(pacing.Projection(at=day, low=v * (1 - n * 0.002), likely=v, high=v * (1 + n * 0.002)) for n, (day, v) in enumerate(ahead)),
    )  # fmt: skip
    return [chart.drawn(curve, 460, 236), chart.drawn(curve, 460, 237, live=True)]

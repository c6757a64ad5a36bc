"""Made-up values of the gallery: the campaign of the pictures. They sum."""

import datetime
from typing import Any

from makegood.documents.charts import pacing
from makegood.interfaces.web import components as c
from makegood.interfaces.web.components import chart

YEAR = 2026


def _on(day: int, month: int = 11) -> datetime.date:
    return datetime.date(YEAR, month, day)


def _at(day: int, hour: int, minute: int = 0) -> datetime.datetime:
    return datetime.datetime(YEAR, 11, day, hour, minute, tzinfo=datetime.UTC)


def values() -> dict[str, Any]:
    """What the gallery's template shows."""
    return {"promises": promises(), "head": promises()[1], "stats": stats(), "timeline": timeline(), "waterfall": waterfall(), "sum": hanging(),
            "explanation": explanation(), "facts": facts(), "events": events(), "comments": comments(), "empty": empty(),
            "tabs": tabs(), "chips": chips(), "choices": choices(), "charts": charts()}  # fmt: skip


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
        c.Stat("Earned", "$113,102", "to 17 Nov", explain=explanation()),
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


def explanation() -> c.Explanation:
    """A line of an invoice."""
    term = c.Term
    return c.Explanation(
        "How was this computed?",
        formula=[term("", "billable", "2,000,000"), term("÷ 1,000 ×", "gross CPM, rev 2", "$11.00"), term("=", "this line", "$22,000.00")],
        terms=[term("", "we counted, gross", "2,184,560"), term("−", "invalid traffic, 6 reasons", "46,210"),
               term("−", "same event twice", "3,118"), term("−", "our own tests", "1,202"), term("=", "ours, net", "2,134,030")],
        note="Third party used: it differs from ours by −2.9 %, inside the 10 % tolerance.", as_of="27 Oct 16:05", source_url="#rows",
    )  # fmt: skip


def facts() -> list[c.Fact]:
    """Readiness, missing first."""
    return [
        c.Fact(
            "Creative for newsletter send 4",
            "blocked",
            "Lena Ortiz, Fenwick & Rowe. Due Tue 17 Nov, 17 h late. Holds $3,000",
            "Lena Ortiz",
        ),
        c.Fact(
            "Click URL for audio companion",
            "watch",
            "Tomas Okafor, us. Due today 17:00. Holds $2,640",
            "Tomas Okafor",
            "#",
        ),
        c.Fact("Signed revision 4", "risk", "Oatfield Foods. Due Mon 16 Nov. Needed to bill", "Jonas Abel"),
        c.Fact("Order signed, revision 3", "ok", "2 Oct, both sides"),
        c.Fact("Ad server equals the order", "ok", "64 of 64 fields, checked 09:55"),
    ]


def events() -> list[c.Event]:
    """A short history."""
    return [
        c.Event(_at(18, 15), "Re-plan moved 8,100 a day to Run of site mobile", "machine"),
        c.Event(_at(18, 14, 12), "Artwork is with legal, tomorrow noon", "Lena Ortiz", client_sees=True),
        c.Event(
            _at(16, 9),
            "Flight 2 of audio moved",
            "Dana Whitfield",
            "The client asked by phone",
            changes=[("Start", "14 Nov", "16 Nov")],
        ),
    ]


def comments() -> list[c.Comment]:
    """Internal and client-visible."""
    return [
        c.Comment("Priya Raman", _at(17, 16), "Can we promise the extra mobile before the cap is raised?"),
        c.Comment(
            "Dana Whitfield",
            _at(18, 9, 30),
            "The extra mobile starts tomorrow; you pay only for what is shown.",
            "client",
            True,
        ),
    ]


def empty() -> c.Empty:
    """An orders list before the first order."""
    steps = [
        "Drop the IO the agency sent: xlsx, csv or PDF.",
        "Check what was read, beside the page.",
        "Create the draft.",
    ]
    return c.Empty(
        "No orders yet",
        "An order is what a client signs. Bring the first in three steps.",
        steps,
        "file-text",
        "Import an order",
        "#",
    )


def tabs() -> list[c.Tab]:
    """A campaign's tabs."""
    counts = {"Lines": 5, "Creatives": 12, "Conversation": 7}
    names = ["Lines", "Creatives", "Trafficking", "Delivery", "Money", "Conversation", "History"]
    return [c.Tab(name, f"?tab={name.lower()}", name == "Lines", counts.get(name)) for name in names]


def chips() -> list[c.FilterChip]:
    """Chosen, removable, and the one that adds."""
    return [
        c.FilterChip("All", "#", True, 13), c.FilterChip("Approvals", "#", count=3),
        c.FilterChip("Owner: my team", remove_url="#", on=True), c.FilterChip("Filter", "#", icon="plus"),
    ]  # fmt: skip


def choices() -> list[c.Choice]:
    """Two ways to see the queue."""
    return [c.Choice("Mine", "#mine", True), c.Choice("My team", "#team")]


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

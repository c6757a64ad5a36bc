"""Made-up values of the gallery that are mostly words: an explanation, facts, history, conversation, choices."""

import datetime

from makegood.interfaces.web import components as c


def _at(day: int, hour: int, minute: int = 0) -> datetime.datetime:
    return datetime.datetime(2026, 11, day, hour, minute, tzinfo=datetime.UTC)


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

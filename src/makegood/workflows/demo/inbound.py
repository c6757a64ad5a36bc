"""A document that waits for somebody: Parallel Media's order for Meridian Rail, with two cells a person must put right."""

import datetime
import pathlib

from makegood.documents.written import typesetting
from makegood.orders.actions import importing
from makegood.workflows.demo.policy import SELLER
from makegood.workflows.demo.times import DAY
from makegood.workflows.demo.world import World

NAME = "Meridian_IO_88213_v1.pdf"
TERMS = (
    "Flight times are in Eastern Time. Net 30 days.",
    "No competing rail or airline advertising on the homepage on the first day of the flight.",
    "Under-delivery to be made good within 30 days of the end date or credited.",
)


def received(world: World, folder: pathlib.Path) -> None:
    """Received this morning by the account manager; one date does not exist, one line is not its rate times its units."""
    path = folder / NAME
    path.write_bytes(document(world.times.monday(2)))
    importing.receive(path, name=NAME, by=world.cast["Hana"], at=world.times.now - datetime.timedelta(hours=2))


def document(first: datetime.date) -> bytes:
    """The order as PDF; deliberately never checked, because two of its cells are wrong."""
    last = first + 27 * DAY
    runs = f"{_us(first)} - {_us(last)}"
    lines = [
        ["1", "Homepage takeover, all devices", f"{_us(first)} - {_us(first)}", "970x250", "1", "$24,000.00 day", "$24,000.00"],
        ["2", "RON desktop leaderboard 728x90", runs, "728x90", "2,400,000", "$11.00 CPM", "$26,400.00"],
        ["3", "RON mobile MPU 300x250", runs, "300x250", "3,600,000", "$9.50 CPM", "$34,200.00"],
        ["4", "Streaming audio :30 all day", f"{_us(first + 7 * DAY)} - {_us(last)}", ":30", "1,800,000", "$22.00 CPM", "$39,600.00"],
        ["5", "Podcast midroll :30", f"{_us(first)} - {_nowhere(last)}", ":30", "400,000", "$30.00 CPM", "$12,000.00"],
        ["6", "Grocery checkout screens", f"{_us(first + 14 * DAY)} - {_us(last)}", "300x250", "900,000", "$13.00 CPM", "$12,600.00"],
    ]  # fmt: skip
    facts = [
        ("Contract #", "PM-88213"), ("Revision", "1"), ("Contract date", _us(first - 12 * DAY)), ("Advertiser", "Meridian Rail Group"),
        ("Agency", "Parallel Media"), ("Product", "Winter Getaways"), ("Buyer", "Marcus Webb"), ("Flight dates", runs), ("Currency", "USD"),
    ]  # fmt: skip
    page = {
        "seller": SELLER["name"], "number": "PM-88213", "facts": [list(pair) for pair in facts], "address": ["Parallel Media LLC", "210 Franklin St, New York"],
        "lines": lines, "units": "9,100,001", "terms": list(TERMS),
        "sums": [["Gross amount", "$148,800.00"], ["Agency commission (15%)", "-$22,320.00"], ["Net amount", "$126,480.00"]],
    }  # fmt: skip
    return typesetting.pdf("audio_order.typ", page, first - 12 * DAY)


def _nowhere(day: datetime.date) -> str:
    """The 31st of the last month of thirty days up to `day`: a slip people make, and a day that does not exist."""
    month = max((one for one in (4, 6, 9, 11) if one <= day.month), default=11)
    return f"{month:02}/31/{day.year if month <= day.month else day.year - 1}"


def _us(day: datetime.date) -> str:
    return f"{day:%m/%d/%Y}"

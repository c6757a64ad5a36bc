"""Delivery files in the manner of several vendors, made up here: preambles, header words, separators, trailers."""

import csv
import dataclasses
import datetime
import io
import pathlib
import random
from collections.abc import Callable

import xlsxwriter


@dataclasses.dataclass(frozen=True)
class Count:
    """What the file is meant to say."""

    day: datetime.date
    placement_id: str
    placement: str
    impressions: int
    clicks: int


def counts(draw: random.Random, days: int = 5, placements: int = 3) -> list[Count]:
    first = datetime.date(2026, 12, 1) + datetime.timedelta(days=draw.randrange(20))
    names = [(str(draw.randrange(300_000_000, 400_000_000)), f"NL_Home_{size}_Wave{n}") for n, size in enumerate(("300x250", "728x90", "970x250")[:placements])]
    return [
        Count(first + datetime.timedelta(days=day), key, name, draw.randrange(0, 3_000_000), draw.randrange(0, 900))
        for day in range(days) for key, name in names
    ]  # fmt: skip


def campaign_manager(path: pathlib.Path, rows: list[Count]) -> None:
    """A preamble, a line that says where the fields begin, ISO days, a grand total in the first column."""
    out: list[list[object]] = [
        ["Delivery by placement"], ["Account ID", "5512"], ["Date/Time Generated", "12/24/26 7:02 AM"], ["Report Time Zone", "America/New_York"],
        ["Date Range", "12/1/26 - 12/23/26"], [], ["Report Fields"],
        ["Date", "Campaign", "Site", "Placement ID", "Placement", "Impressions", "Clicks", "Active View: Viewable Impressions", "Media Cost (micros)"],
    ]  # fmt: skip
    out += [[one.day.isoformat(), "Winter", "Northlight", one.placement_id, one.placement, one.impressions, one.clicks, one.impressions * 2 // 3, one.impressions * 9000] for one in rows]
    out.append(["Grand Total:", "---", "---", "---", "---", sum(one.impressions for one in rows), sum(one.clicks for one in rows), "", ""])
    _csv(path.with_suffix(".csv"), out)


def verification(path: pathlib.Path, rows: list[Count]) -> None:
    """A workbook with a cover, real dates, monitored ads and thousands as text, notes at the end."""
    book = xlsxwriter.Workbook(str(path.with_suffix(".xlsx")))
    cover = book.add_worksheet("Summary")
    cover.write(0, 0, "Quality report")
    cover.write(2, 0, "Total impressions monitored")
    cover.write(2, 1, sum(one.impressions for one in rows))
    sheet = book.add_worksheet("Daily Detail")
    for number, text in enumerate(("Advertiser: Oatfield", "Timezone: (GMT-05:00) Eastern Time", "")):
        sheet.write(number, 0, text)
    for number, text in enumerate(("Date", "Media Property", "Ad Server Placement ID", "Ad Server Placement", "Monitored Ads", "Measured Impressions", "Fraud/SIVT Free Ads")):
        sheet.write(4, number, text)
    date = book.add_format({"num_format": "mm/dd/yyyy"})
    for number, one in enumerate(rows, 5):
        sheet.write_datetime(number, 0, datetime.datetime.combine(one.day, datetime.time()), date)
        for column, value in enumerate(("Northlight", one.placement_id, one.placement, f"{one.impressions:,}", f"{one.impressions:,}", "0"), 1):
            sheet.write_string(number, column, value)
    sheet.write(len(rows) + 5, 3, "Total")
    sheet.write(len(rows) + 5, 4, sum(one.impressions for one in rows))
    sheet.write(len(rows) + 7, 0, "Counts may change until 30 days after the end of the month.")
    book.close()


def video(path: pathlib.Path, rows: list[Count]) -> None:
    """Subtotals under each placement, month names in days, thousands grouped by commas, two totals."""
    out: list[list[object]] = [["Video delivery"], ["Time zone:", "UTC"], [], ["Placement Name", "Placement Id", "Day", "Impressions Delivered", "Click Throughs", "Completion Rate"]]
    for key in dict.fromkeys(one.placement_id for one in rows):
        mine = [one for one in rows if one.placement_id == key]
        out += [[one.placement, key, f"{one.day:%d-%b-%Y}", f"{one.impressions:,}", f"{one.clicks:,}", "81.2%"] for one in mine]
        out.append([f"{mine[0].placement} Total", "", "", f"{sum(one.impressions for one in mine):,}", "", ""])
    out.append(["Grand Total", "", "", f"{sum(one.impressions for one in rows):,}", "", ""])
    _csv(path.with_suffix(".csv"), out, separator="\t")


def european(path: pathlib.Path, rows: list[Count]) -> None:
    """Semicolons, day.month.year, points between thousands, Windows' own letters."""
    out: list[list[object]] = [["Auswertung für Oatfield"], ["Zeitzone: Europe/Berlin"], ["Datum", "Platzierung", "Platzierungs-ID", "Ad Impressions", "Klicks"]]
    out += [[f"{one.day:%d.%m.%Y}", one.placement, one.placement_id, _points(one.impressions), _points(one.clicks)] for one in rows]
    out.append(["Gesamt", "", "", _points(sum(one.impressions for one in rows)), ""])
    _csv(path.with_suffix(".csv"), out, separator=";", encoding="cp1252")


def plain(path: pathlib.Path, rows: list[Count]) -> None:
    """Three columns, no ids, thousands of impressions in a scaled column."""
    out: list[list[object]] = [["date", "placement", "imps (000)", "clicks"]]
    out += [[one.day.isoformat(), one.placement, f"{one.impressions / 1000:.3f}", one.clicks] for one in rows]
    _csv(path.with_suffix(".csv"), out)


def _points(value: int) -> str:
    return f"{value:,}".replace(",", ".")


def _csv(path: pathlib.Path, rows: list[list[object]], *, separator: str = ",", encoding: str = "utf-8-sig") -> None:
    text = io.StringIO()
    csv.writer(text, delimiter=separator).writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))


LAYOUTS: dict[str, Callable[[pathlib.Path, list[Count]], None]] = {
    "campaign_manager": campaign_manager, "verification": verification, "video": video, "european": european, "plain": plain,
}  # fmt: skip
ZONES = {"campaign_manager": "America/New_York", "verification": "America/New_York", "video": "UTC", "european": "Europe/Berlin", "plain": ""}

"""Made-up documents of the gallery: a page with boxes and a sheet with marked cells."""

from typing import Any

from makegood.interfaces.web import components as c

LINES = [("Homepage takeover, all devices", "23 Nov 26", "23 Nov 26", "$24,000.00"), ("RON mobile MPU 300x250", "23 Nov 26", "20 Dec 26", "$34,200.00"),
         ("Podcast host read, Daily Compass", "1 Nov 26", "31 Nov 26", "$14,000.00")]  # fmt: skip
COLUMNS = (("placement", 46, 190), ("start", 250, 56), ("end", 318, 56), ("amount", 420, 64))
WORDS = [
    (34, 30, "Parallel Media"),
    (400, 30, "INSERTION ORDER"),
    (46, 88, "Placement"),
    (250, 88, "Start"),
    (318, 88, "End"),
    (420, 88, "Amount"),
] + [(x, 112 + 34 * row, text) for row, line in enumerate(LINES) for (_, x, _), text in zip(COLUMNS, line, strict=True)]


def values() -> dict[str, Any]:
    """What the gallery's template shows."""
    return {"page": page(), "sheet": sheet(), "read_lines": [(f"line-{n}", line) for n, line in enumerate(LINES, 1)]}


def page() -> c.Page:
    """Three lines, one date that does not exist."""
    boxes = [
        c.Box(f"line-{row}-{key}", x - 3, 109 + 34 * (row - 1), width, 17, "risk" if (row, key) == (3, "end") else "", text,
              str(row) if key == "placement" or (row, key) == (3, "end") else "")
        for row, line in enumerate(LINES, 1)
        for (key, x, width), text in zip(COLUMNS, line, strict=True)
    ]  # fmt: skip
    return c.Page(
        "/styleguide/page.png",
        516,
        310,
        boxes,
        "Meridian_IO_88213_v1.pdf",
        "page 1 of 2",
        "Layout known, used 23 times",
    )


def sheet() -> c.Sheet:
    """The same as a spreadsheet."""
    head = [c.SheetCell(text) for text in ("Placement", "Start", "End", "Amount")]
    rows = [
        [
            c.SheetCell(text, f"line-{row}-{key}", "watch" if (row, key) == (2, "amount") else "")
            for (key, _, _), text in zip(COLUMNS, line, strict=True)
        ]
        for row, line in enumerate(LINES, 1)
    ]
    return c.Sheet(
        "Meridian.xlsx", "ABCD", [(7, head), *((7 + number, cells) for number, cells in enumerate(rows, 1))], "sheet IO"
    )

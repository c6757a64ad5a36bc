"""The trafficking sheet as a workbook, from the same view the page shows."""

import datetime

from makegood.creatives import shapes
from makegood.documents.written import trafficking as written
from makegood.trafficking.queries import tags
from makegood.trafficking.queries.sheet import Row, Sheet


def xlsx(sheet: Sheet, *, at: datetime.datetime) -> bytes:
    """One row a creative and flight; a flight without creatives keeps its row and says so in the notes."""
    order = sheet.order
    missing = [
        f"{row.flight.line.number} {row.flight.line.name}: {', '.join(row.creatives.lacking)}"
        for row in sheet.rows
        if row.creatives.lacking
    ]
    paper = written.TraffickingSheet(
        order_number=order.number, revision=order.revision, advertiser=str(order.advertiser), campaign=order.name, as_of=at,
        zone=order.zone, rows=tuple(made for row in sheet.rows for made in _rows(row)),
        notes=(f"No creative yet for {'; '.join(missing)}.",) if missing else (),
    )  # fmt: skip
    return written.xlsx(paper)


def _rows(row: Row) -> list[written.TraffickingRow]:
    flight, line = row.flight, row.flight.line
    whole = sum(one.weight for one in row.assigned) or 1
    common = {
        "line_number": line.number, "line": line.name, "flight": str(flight.number), "starts_on": flight.start, "ends_on": flight.end,
        "goal": flight.goal, "placement": ", ".join(place.code for place in row.places),
        "tag": "\n".join(tag.text for tag in tags.of(row.places)),
    }  # fmt: skip
    if not row.assigned:
        return [written.TraffickingRow(creative="", version=0, format=line.product.format, **common)]
    return [
        written.TraffickingRow(
            creative=one.version.creative.name, version=one.version.number, format=one.version.creative.format,
            size=shapes.label(one.version.creative), weight=round(100 * one.weight / whole), click_url=one.click_url,
            sha256=one.version.sha256, **common,
        )
        for one in row.assigned
    ]  # fmt: skip

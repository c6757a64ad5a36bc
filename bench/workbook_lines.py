"""The lines of the workbook bench, drawn by a seed: as an agency's workbook, and as the same rows pasted."""
import datetime
import io
import random
from typing import Any

HEADS = ("Product", "Name", "Start date", "End date", "Impressions", "Rate", "Flighting")
FLIGHTING = ("", "", "even by week", "front-loaded by month")
Rows = list[tuple[Any, ...]]


def lines(count: int, seed: int) -> Rows:
    """Lines over the next quarter of what is sold by the impression, and a few takeovers."""
    from django.utils import timezone

    from makegood.catalog.models import Product

    draw, today = random.Random(seed), timezone.localdate()
    sold = sorted(Product.objects.filter(active=True, fallback_for=[]).values_list("name", "rate_type"))
    made: Rows = []
    for number in range(count):
        name, kind = draw.choice(sold)
        start = today + datetime.timedelta(days=draw.randrange(3, 90))
        end = start + datetime.timedelta(days=draw.randrange(6, 45))
        units = draw.randrange(20, 900) * 1000 if kind == "CPM" else draw.randrange(1, 20)
        made.append((name, f"Line {number + 1}", start, end, units, None if draw.random() < 0.5 else round(draw.uniform(5, 30), 2), draw.choice(FLIGHTING)))
    return made


def workbook(rows: Rows) -> bytes:
    """The lines as an agency's workbook."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"default_date_format": "dd/mm/yyyy"})
    sheet = book.add_worksheet("Plan")
    for at, row in enumerate([("Media plan",), (), HEADS, *rows]):
        sheet.write_row(at, 0, row)
    book.close()
    return out.getvalue()


def typed(rows: Rows) -> list[dict[str, Any]]:
    """The lines as pasted text: days in words, thousands with commas."""
    keys = ("product", "name", "start", "end", "quantity", "rate", "flighting")
    texts = [(name, label, f"{start:%d %b %Y}", f"{end:%d.%m.%Y}", f"{units:,}", str(rate or ""), how) for name, label, start, end, units, rate, how in rows]
    return [{"key": f"r{at}", "line": None, "cells": dict(zip(keys, row, strict=True))} for at, row in enumerate(texts)]

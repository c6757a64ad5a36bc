"""How figures are written."""

from datetime import date
from decimal import Decimal

import pytest

from makegood.documents.charts import figures


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (figures.money(Decimal("-13858.27"), "USD"), "−$13,858.27"),
        (figures.money(Decimal(1200), "JPY"), "¥1,200"),
        (figures.money(Decimal("5.5"), "CHF"), "CHF 5.50"),
        (figures.rate(Decimal("0.0125"), "USD"), "$0.0125"),
        (figures.rate(Decimal(3000), "USD"), "$3,000.00"),
        (figures.share(1163, 1240), "93.8 %"),
        (figures.share(1, 0), "–"),
        (figures.signed(-214_000), "−214,000"),
        (figures.signed(95_000), "+95,000"),
        (figures.span(date(2026, 9, 28), date(2026, 10, 25)), "28 Sep to 25 Oct 2026"),
        (figures.span(date(2026, 12, 28), date(2027, 1, 3)), "28 Dec 2026 to 3 Jan 2027"),
    ],
)
def test_figures_are_written_one_way(written: str, expected: str) -> None:
    assert written == expected

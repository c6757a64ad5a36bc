"""Every chart draws in each theme, says its finding, and takes its colours from the palette alone."""

import io
import re
from dataclasses import fields, replace
from datetime import timedelta

import pytest
from PIL import Image

from makegood.documents.charts import palette, rendering

from . import samples


@pytest.mark.parametrize("name", samples.ALL)
def test_svg_says_the_finding_and_keeps_to_the_palette(name: str) -> None:
    chart = samples.ALL[name]
    drawn = rendering.svg(chart, theme="dark")
    assert re.sub(r"&apos;|&#39;", "'", drawn).count(chart.title) >= 1
    allowed = {getattr(palette.DARK, field.name) for field in fields(palette.Palette)}
    used = set(re.findall(r'(?:fill|stroke)="(#[0-9a-fA-F]{3,8})"', drawn))
    assert used <= allowed


def test_page_theme_uses_the_variables_of_the_page() -> None:
    drawn = rendering.svg(samples.CAUSES, theme="page", titled=False)
    assert 'fill="var(--mg-risk-fill)"' in drawn
    assert "#" not in re.sub(r"url\(#[^)]*\)|&#\d+;", "", drawn)
    assert samples.CAUSES.title not in re.findall(r">([^<]+)<", drawn)


def test_png_stands_on_the_surface_at_twice_the_size() -> None:
    image = Image.open(io.BytesIO(rendering.png(samples.AGING, theme="dark", width=400, height=120)))
    assert image.convert("RGB").getpixel((2, 2)) == (0x14, 0x1B, 0x21)
    assert 800 <= image.width <= 840


def test_spec_reaches_for_no_data_elsewhere() -> None:
    for chart in samples.ALL.values():
        assert '"url"' not in str(rendering.to_spec(chart)).replace("'", '"')


def test_labels_with_quotes_and_markup_stay_text() -> None:
    part = samples.DeliveryByPart(title="T", parts=(("\"]<b>' + datum.x", 5), ("a", 3)))
    assert "&lt;b&gt;" in rendering.svg(part)


def test_a_day_outside_the_flight_has_no_rule() -> None:
    early = replace(samples.PACING, today=samples.PACING.expected[0][0] - timedelta(days=3), delivered=(), projected=())
    assert ">today<" not in rendering.svg(early)
    assert ">today<" in rendering.svg(samples.PACING)

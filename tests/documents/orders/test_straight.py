"""Pages made level before they are recognised, and spaces put back from the holes of the picture. No recogniser is needed."""
import pathlib

import numpy as np
import pypdfium2
import pytest
from PIL import Image, ImageDraw, ImageFont

from makegood.documents.orders.pdf import spacing, straight
from tests.documents.orders.family import layouts

FONT = ImageFont.load_default(32)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Image.Image:
    """A drawn order as a grey picture."""
    layout = next(one for one in layouts.layouts() if one.name == "osi_confirmation")
    path: pathlib.Path = layouts.pdf(tmp_path_factory.mktemp("page") / "order.pdf", layout)
    with pypdfium2.PdfDocument(path) as document:
        return document[0].render(scale=2).to_pil().convert("L")


@pytest.mark.parametrize("degrees", [-2.4, -0.7, 0.4, 1.3, 3.0])
def test_a_leaning_page_is_made_level(page: Image.Image, degrees: float) -> None:
    assert straight.lean_of(page.rotate(degrees, fillcolor=255)) == pytest.approx(-degrees, abs=0.15)


def test_a_level_or_blank_page_is_left(page: Image.Image) -> None:
    assert straight.lean_of(page) == 0.0 == straight.lean_of(Image.new("L", (200, 300), 255))


def test_places_of_the_level_page_lie_on_the_page_as_it_is() -> None:
    leaning = Image.new("L", (600, 800), 255)
    ImageDraw.Draw(leaning).rectangle((500, 100, 520, 110), fill=0)
    level = straight.turned(leaning, 2.0)
    assert straight.back(Image.eval(level, lambda grey: 255 - grey).getbbox() or (0, 0, 0, 0), 2.0, (600, 800)) == pytest.approx((500, 100, 520, 110), abs=4)


def middles_of(text: str) -> list[float]:
    return [(FONT.getlength(text[:at]) + FONT.getlength(text[:at + 1])) / 2 + 4 for at in range(len(text)) if text[at] != " "]


@pytest.mark.parametrize("text", ["Contract Dates", "Friends of Dana Quist", "515500-1", "11/11/26", "$1,111.10", "Illinois will", "12 River Road"])
def test_spaces_are_put_back_where_the_picture_has_holes(text: str) -> None:
    crop = Image.new("L", (int(FONT.getlength(text)) + 8, 44), 255)
    ImageDraw.Draw(crop).text((4, 4), text, font=FONT, fill=0)
    assert spacing.spaced(text.replace(" ", ""), middles_of(text), np.asarray(crop)) == text
    assert spacing.spaced(text.replace(" ", ""), middles_of(text)[:-1], np.asarray(crop)) == text.replace(" ", "")  # letters that are not all placed

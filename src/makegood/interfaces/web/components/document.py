"""A document beside what was read from it: a page image with numbered boxes, or a sheet with marked cells."""

import dataclasses
from collections.abc import Sequence


@dataclasses.dataclass(frozen=True, slots=True)
class Box:
    """A place on a page in the page's own units, origin top left. `key` ties it to the row that shows the value.

    `state`: "" read, "watch" to be flagged, "risk" to be fixed. `number` is drawn once in the margin.
    """

    key: str
    x: float
    y: float
    width: float
    height: float
    state: str = ""
    label: str = ""
    number: str = ""


@dataclasses.dataclass(frozen=True)
class Page:
    """One page as an image of `width` × `height` units with its boxes."""

    image_url: str
    width: float
    height: float
    boxes: Sequence[Box] = ()
    name: str = ""
    detail: str = ""
    note: str = ""
    icon: str = "file-type-pdf"
    number: int = 1

    @property
    def tags(self) -> list[tuple[float, Box]]:
        """Numbered tags and their height on the page, each number once."""
        first: dict[str, Box] = {}
        for box in self.boxes:
            if box.number:
                worst = first.get(box.number)
                first[box.number] = box if worst is None or _weight(box) > _weight(worst) else worst
        return [(box.y + box.height / 2, box) for box in first.values()]


@dataclasses.dataclass(frozen=True, slots=True)
class SheetCell:
    """A cell's text and, when a value was read from it, the key and state of that value."""

    text: str = ""
    key: str = ""
    state: str = ""


@dataclasses.dataclass(frozen=True)
class Sheet:
    """Part of a spreadsheet: column letters and (row number, cells)."""

    name: str
    columns: Sequence[str]
    rows: Sequence[tuple[int, Sequence[SheetCell]]]
    detail: str = ""
    note: str = ""
    icon: str = "file-spreadsheet"


def _weight(box: Box) -> int:
    return ("", "watch", "risk").index(box.state)

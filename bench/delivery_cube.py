"""The bench's delivery rows coded into our cube, and the questions asked of it."""
import datetime as dt
import pathlib

import numpy as np
import pyarrow as pa

from bench.delivery_rows import COUNTS, Day
from bench.report_peers import BY, Ask
from makegood.engine import cube
from makegood.rollups.cubes import Cube

KEYS = ("order", "line", "hour", "placement", "geo", "device")
SORTED_BY = ("order", "line", "hour")


def add(into: Cube, one: Day) -> int:
    """Code a day from values as a file holds them; bytes written."""
    keys = {name: _column(one.columns[name]) for name in KEYS}
    rows = cube.Rows(keys, {name: one.columns[name] for name in COUNTS}, one.columns["person"])
    return into.add(dt.date(1970, 1, 1) + dt.timedelta(days=one.day), rows, "")


def ours(folder: pathlib.Path, line: int) -> dict[str, Ask]:
    """{question: ask}, by whatever answers fastest; `…_rows` reads every row instead of what was summed before."""
    opened = Cube(folder, SORTED_BY)
    asks: dict[str, Ask] = {name: _asked(opened, name, line) for name in BY}
    asks |= {f"{name}_rows": _asked(opened, name, line, every_row=True) for name in BY}
    return asks | {"reach": lambda: opened.people("order")}


def _asked(opened: Cube, name: str, line: int, *, every_row: bool = False) -> Ask:
    where = {"line": [line]} if name == "line_hours" else {}
    return lambda: opened.sums(BY[name], COUNTS, where, every_row=every_row)


def _column(values: np.ndarray) -> cube.Column:
    coded = pa.array(values).dictionary_encode()
    return cube.Column(coded.dictionary.to_pylist(), coded.indices.to_numpy())

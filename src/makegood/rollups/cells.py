"""The cube of the rollups' cells: each day coded when its table was made anew."""

from __future__ import annotations

import datetime as dt
import io
import pathlib
from collections.abc import Callable, Iterator

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from makegood.engine import cube
from makegood.engine.counting import RuleSet
from makegood.rollups import expressions, running, schema
from makegood.rollups.cubes import Cube
from makegood.rollups.warehouse import Warehouse

SORTED_BY = ("order_id", "line_id", "hour")
KEYS = (*SORTED_BY, "flight_id", "version_id", "placement_id", "geo", "device")
COUNTS = expressions.COUNTS


def opened(folder: pathlib.Path) -> Cube:
    """The cube in a folder."""
    return Cube(folder, SORTED_BY)


def code(warehouse: Warehouse, rules: RuleSet, into: Cube, which: Callable[[dt.date], bool] = running.every) -> Iterator[dt.date]:
    """Code the days that `which` asks for and whose cells are not what the cube has of them; yields each."""
    for made in running.made(warehouse, rules):
        cells = made.tables["cells"]
        if which(made.day) and not _as_is(into, made.day, cells.sha256):
            into.add(made.day, _rows(pq.read_table(io.BytesIO(warehouse.get(cells.path)))), cells.sha256)
            yield made.day


def _as_is(into: Cube, day: dt.date, sha256: str) -> bool:
    """Whether the cube has these cells of the day, with every count there is by now."""
    known = into.days.get(day)
    return known is not None and known[1] == sha256 and set(COUNTS) <= set(known[0].rows.counts)


def _rows(table: pa.Table) -> cube.Rows:
    hours = pc.divide(table["hour"].cast(pa.int64()), schema.HOUR_MS)
    of_day = pc.subtract(hours, pc.multiply(pc.divide(hours, 24), 24))
    keys = {name: _column(of_day if name == "hour" else table[name]) for name in KEYS}
    return cube.Rows(keys, {name: _count(table, name) for name in COUNTS}, table[schema.PERSON].to_numpy())


def _count(table: pa.Table, name: str) -> npt.NDArray[np.int64]:
    """Cells made before something was counted have none of it."""
    return table[name].to_numpy() if name in table.column_names else np.zeros(table.num_rows, np.int64)


def _column(values: pa.ChunkedArray) -> cube.Column:
    coded = values.combine_chunks().dictionary_encode()
    return cube.Column(coded.dictionary.to_pylist(), coded.indices.to_numpy())

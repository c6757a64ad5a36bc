"""A cube in a folder of this machine: dictionaries and a partition a day, added to as days come, asked by values.

    codes.json            the values of every key, by code          day=2026-11-28.cube     (`cubefile`)
"""

from __future__ import annotations

import datetime as dt
import os
import pathlib
from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import orjson
import pyarrow as pa

from makegood.engine import cube
from makegood.engine.cube.partition import Array
from makegood.rollups import cubefile
from makegood.rollups.warehouse import replace

_EPOCH = dt.date(1970, 1, 1)
Where = Mapping[str, Collection[object]]


class Cube:
    """Answers come from memory-mapped files; several processes may read while one adds."""

    def __init__(self, folder: pathlib.Path, sorted_by: Sequence[str], threads: int | None = None) -> None:
        """Open the cube of a folder, an empty one where there is none. `sorted_by`: nested keys, then the hour."""
        self.folder, self.sorted_by = folder, tuple(sorted_by)
        self.threads = threads or len(os.sched_getaffinity(0))
        path = folder / "codes.json"
        kept = orjson.loads(path.read_bytes()) if path.exists() else {}
        self.codes = {name: cube.Codes(values) for name, values in kept.items()}
        self.days: dict[dt.date, tuple[cube.Partition, str]] = {}
        self._joined: cube.Block | None = None
        for path in sorted(folder.glob("day=*.cube")):
            self.days[dt.date.fromisoformat(path.stem.removeprefix("day="))] = cubefile.read(path)

    def add(self, day: dt.date, rows: cube.Rows, made_of: str) -> int:
        """Add a day, or put it in the place of what was there; bytes written. The dictionaries are written first."""
        for name in rows.keys:
            self.codes.setdefault(name, cube.Codes())
        partition = cube.coded((day - _EPOCH).days, rows, self.codes, self.sorted_by)
        replace(self.folder / "codes.json", orjson.dumps({name: codes.values for name, codes in self.codes.items()}))
        path = self.folder / f"day={day}.cube"
        size = cubefile.write(path, partition, made_of)
        self.days[day], self._joined = cubefile.read(path), None
        return size

    def sums(
        self, by: Sequence[str], counts: Sequence[str], where: Where | None = None, days: Collection[dt.date] | None = None, *, every_row: bool = False
    ) -> pa.Table:
        """Sums of `counts` by `by` (keys and `day`), in the order of codes, without rows that are all 0. What is asked of
        the sorted keys alone is read from their sums, unless `every_row`.

        Raises ValueError naming a key or count that the cube does not have.
        """
        where = {**(where or {})} | ({} if days is None else {cube.DAY: days})
        self._check((*by, *where), counts)
        chosen, sizes = sorted(self.days), {name: len(codes) for name, codes in self.codes.items()} | {cube.DAY: len(self.days)}
        query = cube.Query(tuple(by), tuple(counts), self._known(where, chosen))
        if not every_row and {*by, *where} <= {cube.DAY, *self.sorted_by}:
            return self._table(query, cube.level_sums(self._level(), query, sizes), chosen)
        placed = [(place, self.days[day][0]) for place, day in enumerate(chosen) if place in query.where.get(cube.DAY, (place,))]
        query = cube.Query(query.by, query.counts, {name: codes for name, codes in query.where.items() if name != cube.DAY})
        parts = [placed[number :: self.threads] for number in range(self.threads)]
        with ThreadPoolExecutor(self.threads) as pool:
            tables = list(pool.map(lambda some: cube.sums(some, query, sizes), parts))
        return self._table(query, sum(tables[1:], start=tables[0]), chosen)

    def people(self, key: str, days: Collection[dt.date] | None = None) -> pa.Table:
        """People reached by each value of a nested key, over all of `days` together, within a percent."""
        self._check([key], [])
        partitions = [self.days[day][0] for day in sorted(self.days) if days is None or day in days]
        codes = range(len(self.codes[key]))
        with ThreadPoolExecutor(self.threads) as pool:
            found = list(pool.map(lambda some: cube.people(partitions, key, some), [codes[n :: self.threads] for n in range(self.threads)]))
        whole = np.zeros(len(codes), np.int64)
        for number, some in enumerate(found):
            whole[number :: self.threads] = some
        return pa.table({key: self.codes[key].values, "people": whole}).filter(pa.array(whole > 0))

    def _check(self, keys: Sequence[str], counts: Sequence[str]) -> None:
        if not self.days:
            raise ValueError(f"the cube in {self.folder} has no days yet")
        if unknown := [name for name in keys if name not in self.codes and name != cube.DAY]:
            raise ValueError(f"the cube has no key {unknown[0]!r}; it has day, {', '.join(self.codes)}")
        known = next(iter(self.days.values()))[0].rows.counts
        if unknown := [name for name in counts if name not in known]:
            raise ValueError(f"the cube has no count {unknown[0]!r}; it has {', '.join(known)}")

    def _level(self) -> cube.Block:
        """The levels of all days together; made when it is first asked for."""
        if self._joined is None:
            self._joined = cube.joined([self.days[day][0] for day in sorted(self.days)], self.codes, self.sorted_by)
        return self._joined

    def _known(self, where: Where, days: Sequence[dt.date]) -> dict[str, frozenset[int]]:
        """Codes of the values asked for; a value that no row ever had is none."""
        codes = {name: [self.codes[name].known(value) for value in values] for name, values in where.items() if name != cube.DAY}
        known = {name: frozenset(code for code in some if code is not None) for name, some in codes.items()}
        return known | ({cube.DAY: frozenset(place for place, day in enumerate(days) if day in where[cube.DAY])} if cube.DAY in where else {})

    def _table(self, query: cube.Query, sums: Array, days: Sequence[dt.date]) -> pa.Table:
        flat = sums.reshape(len(query.counts), -1)
        cells = np.flatnonzero(flat.any(axis=0)) if query.by else np.zeros(1, np.int64)
        axes = {name: days if name == cube.DAY else self.codes[name].values for name in query.by}
        places = np.unravel_index(cells, sums.shape[1:]) if query.by else ()
        columns = {name: pa.array(axes[name]).take(pa.array(codes.astype(np.int32))) for name, codes in zip(axes, places, strict=True)}
        return pa.table(columns | {name: flat[row].take(cells) for row, name in enumerate(query.counts)})

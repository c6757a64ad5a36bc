"""People of orders, from the sketches and reach of their flights' days: many days and flights, each person once.

Frequency is impressions of people known, divided by the people; what was shown to nobody known is told apart.
"""

from __future__ import annotations

import dataclasses
import io
from collections.abc import Iterable, Mapping, Sequence

import ibis
import pyarrow as pa
import pyarrow.parquet as pq

from makegood.rollups import expressions
from makegood.rollups.engines import Engine
from makegood.rollups.running import Made
from makegood.rollups.warehouse import Warehouse


@dataclasses.dataclass(frozen=True, slots=True)
class Reach:
    """People known (exact below SKETCH, else ± 0.8 %), accepted impressions they had, and those of nobody known."""

    people: int
    impressions: int
    of_nobody: int


def flights(warehouse: Warehouse, days: Iterable[Made]) -> set[int]:
    """Flights with an accepted impression on the days."""
    return {flight for made in days for flight in _reach(warehouse, made).column("flight_id").to_pylist()}


def by_order(warehouse: Warehouse, engine: Engine, days: Sequence[Made], orders: Mapping[int, int]) -> dict[int, Reach]:
    """Order id -> its Reach over `days`; `orders` maps flight ids to the orders they are of."""
    shown = dict.fromkeys(orders.values(), (0, 0))
    for made in days:
        for row in _reach(warehouse, made).to_pylist():
            if order := orders.get(row["flight_id"]):
                known, nobody = shown[order]
                shown[order] = known + row["impressions"] - row["of_nobody"], nobody + row["of_nobody"]
    people = _people(warehouse, engine, days, orders) if days and orders else {}
    return {order: Reach(people.get(order, 0), *counts) for order, counts in shown.items()}


def _people(warehouse: Warehouse, engine: Engine, days: Sequence[Made], orders: Mapping[int, int]) -> dict[int, int]:
    sketches = engine.events(warehouse, [made.tables["sketch"].path for made in days])
    of = ibis.memtable({"flight_id": list(orders.keys()), "order_id": list(orders.values())})
    merged = expressions.merged(sketches.join(of, "flight_id"), ("order_id",))
    return {row["order_id"]: row["people"] for row in engine.fetch(merged).to_pylist()}


def _reach(warehouse: Warehouse, made: Made) -> pa.Table:
    return pq.read_table(io.BytesIO(warehouse.get(made.tables["reach"].path)))

"""The columns of an event in Parquet: every field of `adserver.events.Event`, and what rolling adds. Stated only here.

`at` is UTC milliseconds; `hour` is its hour; `seller_day` its day in the seller's zone; `person` a number made of the
line's, 0 where there is none; `segment` and `position` (line, from 0) say where the event was written.
"""

from __future__ import annotations

import dataclasses
import typing

import pyarrow as pa

from makegood.adserver.events import Event

MINUTE_MS, HOUR_MS, DAY_MS = 60_000, 3_600_000, 86_400_000
PERSON = "person"
HOUR = pa.timestamp("ms", "UTC")
_ARROW: dict[object, pa.DataType] = {int: pa.int64(), bool: pa.bool_(), str: pa.string(), tuple[str, ...]: pa.list_(pa.string())}
_TYPES = typing.get_type_hints(Event)

STORED = pa.schema([(one.name, _ARROW.get(_TYPES[one.name], pa.string())) for one in dataclasses.fields(Event) if one.name != PERSON])
"""What a line of a segment holds, but for who it was."""
DEFAULTS: dict[str, object] = {one.name: one.default for one in dataclasses.fields(Event) if one.default is not dataclasses.MISSING}
REQUIRED = tuple(one.name for one in dataclasses.fields(Event) if one.name not in DEFAULTS)

EVENTS = pa.schema([
    *STORED, ("hour", HOUR), ("seller_day", pa.date32()), (PERSON, pa.int64()), ("segment", pa.string()), ("position", pa.int64()),
])  # fmt: skip
ORDER = ("flight_id", "hour", "at", "position")
DICTIONARY = [field.name for field in EVENTS if pa.types.is_string(field.type) and field.name != "id"]
ROWS_A_GROUP = 1 << 17

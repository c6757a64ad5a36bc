"""One finished segment of JSON lines into Parquet, a file per UTC day of its events. Bytes in, bytes out."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import functools
import hashlib
import io
import logging

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.json
import pyarrow.parquet as pq

from makegood.adserver import events
from makegood.rollups import schema

CONVERSION = "conversion"
_EPOCH = dt.date(1970, 1, 1)
_log = logging.getLogger(__name__)


@dataclasses.dataclass(frozen=True, slots=True)
class Part:
    """The events of one segment on one UTC day; its conversions once more, b"" where there are none."""

    day: dt.date
    rows: int
    seller_days: tuple[dt.date, ...]
    content: bytes
    conversions: bytes


def parts(segment: str, lines: bytes, zone: str) -> tuple[list[Part], int]:
    """The segment's parts and how many of its lines were passed over because they are no events.

    `zone` is the seller's (IANA). The same lines always give the same bytes. Raises ValueError when a line is an event
    to the ad server but a field is of another type than the schema's.
    """
    table, passed_over = _events(segment, lines, zone)
    days = pc.divide(table["at"], schema.DAY_MS)
    return [_part(_EPOCH + dt.timedelta(days=day), table.filter(pc.equal(days, day))) for day in sorted(pc.unique(days).to_pylist())], passed_over


def _part(day: dt.date, table: pa.Table) -> Part:
    ordered = table.sort_by([(name, "ascending") for name in schema.ORDER])
    orders = ordered.filter(pc.equal(ordered["kind"], CONVERSION))
    seller_days = tuple(sorted(pc.unique(ordered["seller_day"]).to_pylist()))
    return Part(day, ordered.num_rows, seller_days, parquet(ordered), parquet(orders) if orders.num_rows else b"")


def parquet(table: pa.Table) -> bytes:
    """The table as a zstd Parquet file; text is coded by dictionary, ids are not."""
    out = io.BytesIO()
    coded = [name for name in schema.DICTIONARY if name in table.column_names]
    pq.write_table(table, out, compression="zstd", use_dictionary=coded, row_group_size=schema.ROWS_A_GROUP)
    return out.getvalue()


def _events(segment: str, lines: bytes, zone: str) -> tuple[pa.Table, int]:
    found, positions, read = _read(segment, lines)
    columns = {name: _filled(found[name], name) for name in schema.STORED.names}
    at = columns["at"].cast(schema.HOUR)
    columns["hour"] = pc.floor_temporal(at, unit="hour").cast(schema.HOUR)
    columns["seller_day"] = pc.local_timestamp(at.cast(pa.timestamp("ms", zone))).cast(pa.date32())
    columns[schema.PERSON] = _hashed(found[schema.PERSON].combine_chunks())
    columns["segment"] = pa.array([segment], pa.string()).take(pa.array([0] * found.num_rows, pa.int32()))
    columns["position"] = positions
    return pa.table(columns, schema=schema.EVENTS), read - found.num_rows


def _read(segment: str, lines: bytes) -> tuple[pa.Table, pa.Array, int]:
    """The lines that are events, their numbers, and how many lines there are."""
    read = lines.count(b"\n")
    with contextlib.suppress(pa.ArrowInvalid):
        if (table := _parsed(lines)).num_rows == read:
            return _identified(table, pa.array(range(read), pa.int64()), read)
    kept = [(number, line) for number, line in enumerate(lines.split(b"\n")[:-1]) if _is_event(segment, number, line)]
    table = _typed(segment, b"".join(line + b"\n" for _, line in kept))
    return _identified(table, pa.array([number for number, _ in kept], pa.int64()), read)


def _identified(table: pa.Table, positions: pa.Array, read: int) -> tuple[pa.Table, pa.Array, int]:
    """Without lines that are objects but name no event."""
    known = functools.reduce(pc.and_, (table[name].is_valid() for name in schema.REQUIRED)).combine_chunks()
    return table.filter(known), positions.filter(known), read


def _parsed(lines: bytes) -> pa.Table:
    wanted = schema.STORED.append(pa.field(schema.PERSON, pa.string()))
    if not lines:
        return wanted.empty_table()
    how = pyarrow.json.ParseOptions(explicit_schema=wanted, unexpected_field_behavior="ignore")
    return pyarrow.json.read_json(io.BytesIO(lines), parse_options=how)


def _typed(segment: str, lines: bytes) -> pa.Table:
    try:
        return _parsed(lines)
    except pa.ArrowInvalid as error:
        raise ValueError(f"segment {segment}: {error}; nothing of it was rolled. Correct the line or move the segment away.") from error


def _is_event(segment: str, number: int, line: bytes) -> bool:
    try:
        events.parse(line)
    except ValueError as error:
        _log.error("segment %s, line %d: %s; passed over", segment, number + 1, error)
        return False
    return True


def _filled(column: pa.ChunkedArray, name: str) -> pa.ChunkedArray:
    default = schema.DEFAULTS.get(name)
    if default is None or not column.null_count:
        return column
    if isinstance(default, tuple):
        return pa.chunked_array([pa.array([value or [] for value in column.to_pylist()], column.type)])
    return column.fill_null(default)


def _hashed(ids: pa.Array) -> pa.Array:
    """63 bits of each one's BLAKE2b, never 0; 0 for nobody known."""
    coded = ids.dictionary_encode()
    hashes = [int.from_bytes(hashlib.blake2b(one.encode(), digest_size=8).digest(), "big") >> 1 or 1 if one else 0 for one in coded.dictionary.to_pylist()]
    return pa.array(hashes, pa.int64()).take(coded.indices).fill_null(0)

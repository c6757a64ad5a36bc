"""A cube's partition as one memory-mapped file: a header in JSON, then its arrays. Written whole or not at all.

    MGCUBE1\\n · header's length (8 bytes, little-endian) · header · arrays, each at a multiple of 64 bytes
"""

from __future__ import annotations

import mmap
import pathlib
from collections.abc import Iterator
from typing import Any

import numpy as np
import orjson

from makegood.engine.cube import Block, Partition, Span
from makegood.engine.cube.partition import Array
from makegood.rollups.warehouse import replace

MAGIC = b"MGCUBE1\n"
_ALIGNED = 64


def write(path: pathlib.Path, partition: Partition, made_of: str) -> int:
    """Write (or replace) the file of a partition; its size in bytes. `made_of` says of which data it was made."""
    arrays = dict(_arrays(partition))
    places: dict[str, dict[str, Any]] = {}
    offset = 0
    for name, array in arrays.items():
        places[name] = {"type": array.dtype.name, "length": len(array), "offset": offset}
        offset += _padded(array.nbytes)
    header = orjson.dumps({"day": partition.day, "made_of": made_of, "arrays": places})
    start = _padded(len(MAGIC) + 8 + len(header))
    whole = bytearray(start + offset)
    whole[: len(MAGIC) + 8 + len(header)] = MAGIC + len(header).to_bytes(8, "little") + header
    for name, array in arrays.items():
        first = start + places[name]["offset"]
        whole[first : first + array.nbytes] = array.tobytes()
    replace(path, bytes(whole))
    return len(whole)


def read(path: pathlib.Path) -> tuple[Partition, str]:
    """The partition over the mapped file, and what it was made of. Raises ValueError when the file is no partition."""
    with path.open("rb") as file:
        data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    if data[: len(MAGIC)] != MAGIC:
        raise ValueError(f"{path} is no partition of a cube; remove it and it is made again")
    first = len(MAGIC) + 8
    length = int.from_bytes(data[len(MAGIC) : first], "little")
    header = orjson.loads(data[first : first + length])
    start = _padded(first + length)
    arrays = {
        name: np.frombuffer(data, np.dtype(place["type"]), place["length"], start + place["offset"]) for name, place in header["arrays"].items()
    }
    return Partition(header["day"], _block("rows", arrays), _block("level", arrays), arrays.get("people")), header["made_of"]


def _arrays(partition: Partition) -> Iterator[tuple[str, Array]]:
    for title, block in (("rows", partition.rows), ("level", partition.level)):
        yield from ((f"{title}/keys/{name}", codes) for name, codes in block.keys.items())
        yield from ((f"{title}/counts/{name}", counts) for name, counts in block.counts.items())
        for name, span in block.spans.items():
            yield f"{title}/starts/{name}", span.starts
            yield f"{title}/stops/{name}", span.stops
    if partition.people is not None:
        yield "people", partition.people


def _block(title: str, arrays: dict[str, Array]) -> Block:
    def of(kind: str) -> dict[str, Array]:
        whole = f"{title}/{kind}/"
        return {name.removeprefix(whole): array for name, array in arrays.items() if name.startswith(whole)}

    stops = of("stops")
    return Block(of("keys"), of("counts"), {name: Span(starts, stops[name]) for name, starts in of("starts").items()})


def _padded(size: int) -> int:
    return -(-size // _ALIGNED) * _ALIGNED

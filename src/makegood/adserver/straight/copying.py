"""Bytes in bulk inside kernels: the machine's own memory copy, and eight at a time as one number.

Loops over single bytes took half of an answer's time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from llvmlite import ir
from numba.core import cgutils, types
from numba.extending import intrinsic

from makegood.adserver.straight.columns import Bytes
from makegood.engine.kernels import compiled


def _memory_copied(typing: Any, source: Any, begin: Any, length: Any, target: Any, place: Any) -> Any:
    """Copy `length` bytes from `source[begin]` on to `target[place]` on, both contiguous; the place behind them."""

    def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        def address(array: Any, kind: Any, offset: Any) -> Any:
            data = context.make_array(kind)(context, builder, array).data
            return builder.gep(builder.bitcast(data, ir.IntType(8).as_pointer()), [offset])

        first, offset, count, second, at = arguments
        to, of = address(second, signature.args[3], at), address(first, signature.args[0], offset)
        cgutils.raw_memcpy(builder, to, of, count, 1)  # type: ignore[no-untyped-call]
        return builder.add(at, count)

    return types.int64(source, types.int64, types.int64, target, types.int64), code


def _number_of_eight(typing: Any, source: Any, place: Any) -> Any:
    """The eight bytes from `source[place]` on, contiguous, as the machine reads a number."""

    def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        data = context.make_array(signature.args[0])(context, builder, arguments[0]).data
        where = builder.gep(builder.bitcast(data, ir.IntType(8).as_pointer()), [arguments[1]])
        return builder.load(builder.bitcast(where, ir.IntType(64).as_pointer()), align=1)

    return types.int64(source, types.int64), code


if TYPE_CHECKING:

    def _eight(source: Bytes, place: int) -> int: ...

    def _copy(source: Bytes, begin: int, length: int, target: Bytes, place: int) -> int: ...
else:
    _copy, _eight = intrinsic(_memory_copied), intrinsic(_number_of_eight)


@compiled
def copied(source: Bytes, begin: int, end: int, target: Bytes, p: int) -> int:
    """Copy a span to `target` at `p`, which has room for it; the place behind it."""
    return _copy(source, begin, end - begin, target, p)


@compiled
def eight(source: Bytes, p: int) -> int:
    """The eight bytes from `p` on as one number; they must be there."""
    return _eight(source, p)

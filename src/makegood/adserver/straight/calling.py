"""C functions and memory by address inside kernels: the system's calls, a library's MAC, and arrays that count no references.

Addresses are handed over as numbers, so machine code kept on disk holds none of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from llvmlite import ir
from numba.core import types
from numba.extending import intrinsic
from numba.np.numpy_support import carray

from makegood.adserver.straight.columns import Bytes, Floats, Ints
from makegood.engine.kernels import compiled


def _function_called(typing: Any, address: Any, a: Any, b: Any, c: Any, d: Any) -> Any:
    """Call the C function at `address` with up to four whole numbers or pointers; what it ignores does no harm (System V, AAPCS64)."""

    def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        number = ir.IntType(64)
        kind = ir.FunctionType(number, [number] * 4)
        return builder.call(builder.inttoptr(arguments[0], kind.as_pointer()), arguments[1:])

    return types.int64(*[types.int64] * 5), code


def _pointer(typing: Any, address: Any) -> Any:
    """The address as a pointer to anything."""

    def code(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.inttoptr(arguments[0], ir.IntType(8).as_pointer())

    return types.voidptr(types.int64), code


if TYPE_CHECKING:

    def called(address: int, a: int, b: int, c: int, d: int) -> int: ...

    def _at(address: int) -> Any: ...
else:
    called, _at = intrinsic(_function_called), intrinsic(_pointer)


@compiled
def as_int(result: int) -> int:
    """A result of C's `int`, whose upper half a call leaves undefined."""
    return (result << 32) >> 32


@compiled
def bytes_at(desk: Ints, place: int) -> Bytes:
    """The array whose address and length stand at `place`."""
    return carray(_at(desk[place]), (desk[place + 1],), np.uint8)


@compiled
def ints_at(desk: Ints, place: int) -> Ints:
    """The same, of whole numbers."""
    return carray(_at(desk[place]), (desk[place + 1],), np.int64)


@compiled
def floats_at(desk: Ints, place: int) -> Floats:
    """The same, of chances."""
    return carray(_at(desk[place]), (desk[place + 1],), np.float64)

"""Operations from JSON and to JSON, and several of them applied one after another."""

from collections.abc import Iterable, Sequence
from typing import Any, Union

import msgspec

from makegood.core.errors import Invalid
from makegood.orders.changes import (
    creatives,
    delivering,
    ended,
    flights,
    lines,
    operation,
    pausing,
    terms,
)
from makegood.orders.changes.operation import Operation
from makegood.orders.changes.state import State

KINDS: tuple[type[Operation], ...] = (*lines.OPERATIONS, *delivering.OPERATIONS, *flights.OPERATIONS, *terms.OPERATIONS, *pausing.OPERATIONS, *creatives.OPERATIONS, *ended.OPERATIONS)
ANY = Union[KINDS]  # type: ignore[valid-type]  # noqa: UP007 - made from the table


def read(data: Any) -> Operation:
    """The operation of `data`. Invalid, with the place in it, for what is no operation."""
    try:
        found: Operation = msgspec.convert(data, ANY, strict=False)
    except msgspec.ValidationError as error:
        raise Invalid(f"{error}.", place="operation", remedy=f"Use one of {', '.join(sorted(tags()))}, with its fields.") from error
    return found


def written(operations: Iterable[Operation]) -> list[dict[str, Any]]:
    """The operations as JSON."""
    return [operation.plain(one) for one in operations]


def applied(state: State, operations: Sequence[Operation]) -> State:
    """The state after all of them. Invalid names the first that cannot be, by its place in the list."""
    for number, one in enumerate(operations, 1):
        try:
            state = one.apply(state)
        except Invalid as error:
            raise Invalid(error.message, place=f"change {number}, {error.place}", remedy=error.remedy) from error
    return state


def tags() -> dict[str, type[Operation]]:
    """{tag: operation} of all there are."""
    return {str(one.__struct_config__.tag): one for one in KINDS}

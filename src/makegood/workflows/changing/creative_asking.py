"""What a person asks of creatives, completed to an operation: which flights they are set up on, and their names for reading."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from makegood.core.errors import Invalid
from makegood.creatives.models import Version
from makegood.orders.models import Order
from makegood.trafficking.models import Assignment
from makegood.workflows.changing import creatives

Asked = dict[str, Any]
WEIGHT = "weight_"


def complete(order: Order, asked: Mapping[str, Any]) -> Asked:
    """What a person asks for with its flights and names. Invalid at the wrong field."""
    more = _MORE.get(str(asked.get("op")))
    if more is None or "flights" in asked:
        return dict(asked)
    data = {name: value for name, value in asked.items() if value not in (None, "")}
    where = {name: _whole(data[name], name) for name in ("line", "flight") if name in data}
    rows = creatives.on(order).filter(**{f"flight__{'line__' if name == 'line' else ''}number": value for name, value in where.items()})
    found = more(list(rows), data)
    return {name: value for name, value in data.items() if not name.startswith(WEIGHT)} | where | found


def _swap(rows: list[Assignment], data: Asked) -> Asked:
    old, new = (_version(data, name) for name in ("old", "new"))
    return {"flights": _flights(rows, [old], data), "old": old.pk, "new": new.pk, "old_name": str(old), "new_name": str(new)}


def _weights(rows: list[Assignment], data: Asked) -> Asked:
    given = {row.version: data[f"{WEIGHT}{row.version_id}"] for row in rows if f"{WEIGHT}{row.version_id}" in data}
    if not given:
        raise Invalid("no weight is given.", place="weight", remedy="Give one or more of what is set up.")
    weights = [(version.pk, _whole(value, f"weight of {version}"), str(version)) for version, value in given.items()]
    return {"flights": _flights(rows, given, data), "weights": weights}


def _click(rows: list[Assignment], data: Asked) -> Asked:
    version = _version(data, "version")
    return {"flights": _flights(rows, [version], data), "version": version.pk, "name": str(version)}


def _flights(rows: list[Assignment], versions: Iterable[Version], data: Asked) -> list[tuple[int, int]]:
    wanted = {one.pk for one in versions}
    found = sorted({(row.flight.line.number, row.flight.number) for row in rows if row.version_id in wanted})
    if not found:
        raise Invalid("it is set up on no flight of it that is not over.", place=f"line {data.get('line', '')}", remedy="Choose one of those set up there.")
    return found


def _version(data: Asked, name: str) -> Version:
    found = Version.objects.filter(pk=_whole(data.get(name), name)).select_related("creative").first()
    if found is None:
        raise Invalid("there is no such creative.", place=name, remedy="Choose one of the list.")
    return found


def _whole(value: Any, place: str) -> int:
    text = str(value)
    if not text.isdecimal() or len(text) > 9:
        raise Invalid(f"{value!r} is no whole number.", place=place, remedy="Write it in figures.")
    return int(text)


_MORE: dict[str, Callable[[list[Assignment], Asked], Asked]] = {"creative.swap": _swap, "creative.weights": _weights, "creative.click": _click}

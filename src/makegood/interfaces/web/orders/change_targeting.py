"""Targeting in a change order: the builder's editor, posted without script."""

from collections import defaultdict
from typing import Any

from django.http import QueryDict

from makegood.core.errors import Invalid
from makegood.interfaces.web.orders import builder_panel
from makegood.orders.changes.state import State
from makegood.orders.queries import aims
from makegood.orders.sheet import targets
from makegood.orders.sheet.looking import Dimension
from makegood.orders.sheet.values import Unreadable

SIDES = {"+": "", "-": "not ", "not ": "not "}


def posted(data: QueryDict) -> dict[str, Any]:
    """The targeting a form was filled in with: `geo:US-MA` chosen on a side, `geo+` and `geo-` typed. Invalid where it cannot be read."""
    parts: dict[str, list[str]] = defaultdict(list)
    for name, value in data.items():
        dimension, chosen, one = name.partition(":")
        if not isinstance(value, str) or not value.strip():
            continue
        if chosen and value in SIDES:
            parts[SIDES[value] + dimension].append(targets.quoted(one))
        elif name[-1] in "+-":
            parts[SIDES[name[-1]] + name[:-1]].append(value.strip())
    try:
        return targets.read("; ".join(f"{head}: {', '.join(values)}" for head, values in parts.items()))
    except Unreadable as error:
        raise Invalid(str(error), place="targeting", remedy="Correct what is typed.") from error


def shown(line: State) -> list[tuple[str, Dimension]]:
    """The dimensions of a line under the builder's own labels."""
    return builder_panel.labelled(aims.dimensions(line))

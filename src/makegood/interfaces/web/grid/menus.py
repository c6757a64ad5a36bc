"""The menu that adds a filter: per column the control that suits its kind."""

import dataclasses
from typing import Literal

from makegood.interfaces.web.grid.columns import CHOSEN, NUMBERS, RANGES, Column
from makegood.interfaces.web.grid.state import State

Control = Literal["choices", "numbers", "days", "text"]


@dataclasses.dataclass(frozen=True, slots=True)
class FilterMenu:
    """One column's control with what is chosen now."""

    column: Column
    control: Control
    options: list[tuple[str, str, bool]]
    low: str
    high: str
    hidden: list[tuple[str, str]]


def filter_menu(state: State) -> list[FilterMenu]:
    """A control for each column one may filter by."""
    now = {column.key: value for column, value in state.filters}
    return [_one(state, column, now.get(column.key, "")) for column in state.grid.filters]


def _one(state: State, column: Column, value: str) -> FilterMenu:
    hidden = state.hidden(column.key)
    if column.kind in RANGES:
        low, _, high = value.partition("..") if ".." in value else (value, "", value)
        return FilterMenu(column, "numbers" if column.kind in NUMBERS else "days", [], low, high, hidden)
    if column.kind in CHOSEN or column.choices:
        chosen = value.split(",")
        options = [(str(code), str(label), str(code) in chosen) for code, label in state.options(column)]
        if column.kind == "person":
            options = [("me", "Me", "me" in chosen), *options, ("none", "Nobody", "none" in chosen)]
        return FilterMenu(column, "choices", options, "", "", hidden)
    return FilterMenu(column, "text", [], value, "", hidden)

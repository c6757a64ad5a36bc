"""What a small form of a change order is made of: an operation, its words, the fields it takes with what stands there."""

import dataclasses
from collections.abc import Sequence
from typing import Any

from makegood.orders.changes.classes import Class, Rule
from makegood.orders.sheet.looking import Dimension

Choices = tuple[tuple[str, str], ...]
Hidden = tuple[tuple[str, Any], ...]


@dataclasses.dataclass(frozen=True)
class Field:
    """An input: `kind` is text, number, decimal, date, area or select."""

    name: str
    label: str
    kind: str = "text"
    value: Any = ""
    choices: Choices = ()
    hint: str = ""


@dataclasses.dataclass(frozen=True)
class OpForm:
    """A form that adds one operation. `rule` says whether it takes effect at once."""

    op: str
    title: str
    fields: tuple[Field, ...]
    rule: Rule
    hidden: Hidden = ()
    button: str = "Add to the change"
    dimensions: Sequence[tuple[str, Dimension]] = ()

    @property
    def titled(self) -> bool:
        """Whether its title says more than its one field does."""
        return [one.label for one in self.fields] != [self.title]

    @property
    def at_once(self) -> bool:
        """Whether it is delivery-only."""
        return self.rule.kind is Class.DELIVERY

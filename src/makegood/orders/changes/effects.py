"""Operations on what is served that leave the order's snapshot as it is: they take effect at once, with nothing to sign."""

from collections.abc import Sequence

from makegood.core.errors import Invalid
from makegood.orders.changes.classes import Class, Rule
from makegood.orders.changes.operation import Operation
from makegood.orders.changes.state import State, flight, line

RULE = Rule(Class.DELIVERY, "what is promised stays; only what is served changes")


class Effect(Operation, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A change of delivery of `flights`, [line, flight] each; `line` and `flight` say what was asked for (None: all of them)."""

    flights: tuple[tuple[int, int], ...]
    line: int | None = None
    flight: int | None = None

    def apply(self, state: State) -> State:
        """The same state. Invalid where a flight is not of it."""
        for of, number in self.flights:
            flight(line(state, of), number)
        return state

    @property
    def what(self) -> str:
        """What it is done to, in words."""
        if self.line is None:
            return "the order"
        return f"line {self.line}" if self.flight is None else f"flight {self.flight} of line {self.line}"


def of(operations: Sequence[Operation]) -> list[Effect]:
    """The effects among the operations, in their order."""
    return [one for one in operations if isinstance(one, Effect)]


def refuse_mixed(operations: Sequence[Operation], kind: Class) -> None:
    """Raise Invalid when something that takes effect at once stands beside what waits for signatures."""
    found = of(operations)
    if found and kind is Class.COMMERCIAL:
        raise Invalid(
            f"“{found[0].says}” takes effect at once; what was sold or costs otherwise waits for both signatures.", place="the change",
            remedy="Push the one by itself, then collect the other.",
        )  # fmt: skip

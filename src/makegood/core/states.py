"""What a state machine is: states and moves as data. Each record package declares its own in its states.py."""

import dataclasses
from collections.abc import Mapping

import pgtrigger


@dataclasses.dataclass(frozen=True)
class Machine:
    """Legal moves of one status field: state -> the states it may go to."""

    name: str
    moves: Mapping[str, tuple[str, ...]]

    def allows(self, old: str, new: str) -> bool:
        """Whether `old` may become `new`."""
        return new in self.moves.get(old, ())

    @property
    def states(self) -> tuple[str, ...]:
        """All states, first the initial one."""
        return tuple(self.moves)

    def trigger(self, field: str = "status") -> pgtrigger.FSM:
        """The same table as a database trigger: an illegal move is refused whoever tries it."""
        pairs = [(old, new) for old, targets in self.moves.items() for new in targets]
        return pgtrigger.FSM(name=f"{self.name}_moves", field=field, transitions=pairs)

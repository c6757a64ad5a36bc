"""One thing about an order that needs somebody's approval."""

import dataclasses
from decimal import Decimal
from typing import Any


@dataclasses.dataclass(frozen=True)
class Need:
    """One approval needed: its kind (work.approving.kinds), title, measure, the facts an approver sees, the money it is about.

    `about` are the categories or clauses a rule may be narrowed to.
    """

    kind: str
    title: str
    measure: Decimal
    facts: dict[str, Any]
    amount: Decimal
    about: tuple[str, ...] = ()

"""Refusals that carry what the caller needs to go on."""

import datetime

from makegood.core.errors import Refused


class AlreadyTaken(Refused):
    """Days sold whole or by share of voice are booked: by whom, how much of them and until when."""

    def __init__(
        self, *, placement: str, holder: str, order: str, start: datetime.date, until: datetime.date, share_pct: int = 100, others: int = 0
    ) -> None:
        what = "it" if share_pct == 100 else f"{share_pct} % of it"
        more = f", {others} other{'s' if others > 1 else ''} the rest" if others else ""
        super().__init__(
            f"{holder} ({order}) has {what} from {start} until {until}{more}.", place=placement, remedy="Choose other days or another placement."
        )
        self.holder, self.order, self.until = holder, order, until


class AlreadyImported(Refused):
    """The same document became an order before."""

    def __init__(self, name: str, order_id: int, number: str) -> None:
        super().__init__(f"this document is already order {number}.", place=name, remedy=f"Open {number}, or undo that import first.")
        self.order_id, self.number = order_id, number


class Unfinished(Refused):
    """An import with open problems or unmatched parties or products; `open` lists each with its place."""

    def __init__(self, name: str, problems: tuple[str, ...]) -> None:
        more = f" and {len(problems) - 3} more" if len(problems) > 3 else ""
        super().__init__(f"{len(problems)} open: {'; '.join(problems[:3])}{more}.", place=name, remedy="On its import page, fix, choose or accept each.")
        self.open = problems


class NotEnough(Refused):
    """Lines ask for more than is available and nobody approved over-booking this revision."""

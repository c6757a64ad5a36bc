"""Which operations an order takes in which of its states, as data. Where it takes none, why, and what does it instead.

A paused order is a live one whose flights are paused. A line that has ended in a live order is held to the same words by `limits`.
"""

import dataclasses

from makegood.core.errors import Refused


@dataclasses.dataclass(frozen=True)
class No:
    """Why not, and what to do instead."""

    message: str
    remedy: str


HEAD = frozenset({"order.term"})
NAMED = frozenset({"line.rename"})
SOLD = frozenset({"line.add", "line.cut", "line.product", "line.rate", "line.quantity", "line.dates"})
DELIVERED = frozenset({
    "line.targeting", "line.cap", "line.priority", "line.conversion_days", "flight.split", "flight.move", "flight.shift", "flight.goals",
})  # fmt: skip
SERVED = frozenset({"line.end", "delivery.pause", "delivery.resume", "creative.swap", "creative.weights", "creative.click"})
ENDED = frozenset({"line.extend", "line.settle"})
ALL = HEAD | NAMED | SOLD | DELIVERED | SERVED | ENDED

EDITED = "Edit it in the sheet; a change order begins once both sides have signed."
TAKES: dict[str, frozenset[str] | No] = {
    "draft": No("it is a draft.", EDITED),
    "pending": No("it is being approved.", f"Withdraw it to a draft. {EDITED}"),
    "approved": No("it is out for signature.", f"Withdraw it to a draft. {EDITED}"),
    "signed": HEAD | NAMED | SOLD | DELIVERED,
    "booked": HEAD | NAMED | SOLD | DELIVERED | SERVED,
    "live": ALL,
    "completed": HEAD | NAMED | ENDED | {"line.add", "line.rate"},
    "closed": No("it is billed and paid.", "Finance writes a credit note for what was billed too much; sell anew what is to run."),
    "cancelled": No("it was cancelled.", "Draft it anew; what ran before is billed as it was."),
}  # fmt: skip
WHY: dict[tuple[str, frozenset[str]], No] = {
    ("signed", SERVED): No("nothing of it is served before it is booked.", "Book it first, or change its days."),
    ("signed", ENDED): No("nothing of it has ended.", "Change its days or its quantity."),
    ("booked", ENDED): No("nothing of it has ended.", "Change its days or its quantity."),
    ("completed", SOLD): No("it has run as it was sold.", "Extend a line, settle it at what ran, give it another rate, or add a line."),
    ("completed", DELIVERED): No("it has run.", "Extend a line first, or add one."),
    ("completed", SERVED): No("it has run.", "Extend a line first, or add one."),
}  # fmt: skip
CHANGED_IN = tuple(status for status, takes in TAKES.items() if not isinstance(takes, No))


def against(status: str, op: str = "") -> No | None:
    """What speaks against an operation (or, without one, any change order) in a state; None when nothing does."""
    takes = TAKES[status]
    if isinstance(takes, No):
        return takes
    if not op or op in takes or op not in ALL:
        return None
    return next(no for (state, ops), no in WHY.items() if state == status and op in ops)


def refuse(status: str, place: str, op: str = "", why: str = "") -> None:
    """Raise Refused where something does; `why` is what the history says of it."""
    found = against(status, op)
    if found:
        said = f"{found.message.rstrip('.')}: {why}." if why else found.message
        raise Refused(said, place=place, remedy=found.remedy)

"""The twelve stages of an order's life, by name. What each does is in the file of its work."""

import dataclasses


@dataclasses.dataclass(frozen=True)
class Stage:
    """One stage: its number, its verb, and what a person may expect of it."""

    number: int
    name: str
    does: str


STAGES = (
    Stage(1, "Read", "the document, every value with its place"),
    Stage(2, "Match", "parties and products; what is available"),
    Stage(3, "Book", "approve, sign, reserve"),
    Stage(4, "Ask", "for what is missing, worked back from launch"),
    Stage(5, "Creatives", "received, checked, decided on"),
    Stage(6, "Traffic", "assigned, compared with the signed order, published"),
    Stage(7, "Serve", "real HTTP requests to the ad server"),
    Stage(8, "Count", "each event once; the rest of the flight replayed"),
    Stage(9, "Pace", "expected against delivered, mid-flight and at the end"),
    Stage(10, "Prove", "wrap-up report as PDF, workbook and deck"),
    Stage(11, "Bill", "invoices by the order's terms, paid"),
    Stage(12, "Manage", "a case opened and resolved; figures agree"),
)

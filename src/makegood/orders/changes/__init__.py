"""Changes of an order as data: typed operations on its snapshot, what they come to, and what stands in their way.

Pure code: no record is read or written here, so that a preview, a diff and a test need no database.
"""

from makegood.orders.changes import (
    creatives,
    delivering,
    effects,
    flights,
    lines,
    pausing,
    terms,
)
from makegood.orders.changes.operation import Operation
from makegood.orders.changes.reading import applied, read, written
from makegood.orders.changes.state import State, canonical, promised, sha256

__all__ = ["Operation", "State", "applied", "canonical", "creatives", "delivering", "effects", "flights", "lines", "pausing", "promised", "read", "sha256", "terms", "written"]

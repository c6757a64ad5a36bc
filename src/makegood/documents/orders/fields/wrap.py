"""Values written over several lines, joined again.

Geometry only; asked for names, which are what wraps.
"""
from makegood.documents.orders.leaf import Chunk, Leaf, Row, joined


def wrapped(leaf: Leaf, row_index: int, value: Chunk) -> Chunk:
    """A value written over two or three lines set closer than the page's rows, joined from top to bottom."""
    found = [value]
    for step in (-1, 1):
        index, edge = row_index + step, value
        while 0 <= index < len(leaf.rows):
            beside = next((chunk for chunk in leaf.rows[index] if abs(chunk.x0 - edge.x0) < 0.3 * leaf.unit), None)
            if beside is None or abs(beside.top - edge.top) > 0.75 * leaf.unit or lonely(leaf.rows[index], beside, leaf.unit):
                break
            found.insert(0, beside) if step < 0 else found.append(beside)
            edge, index = beside, index + step
    return joined(found)


def lonely(row: Row, chunk: Chunk, unit: float) -> bool:
    """Whether the chunk has a text of its own close to its left (then it is another label's value)."""
    return any(0 <= chunk.x0 - other.x1 < 8 * unit and len(other.text) > 2 for other in row if other is not chunk)

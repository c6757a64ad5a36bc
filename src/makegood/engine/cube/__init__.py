"""Delivery cubes: narrow codes and counts, a partition a day, sorted so that an order and a line are slices.

Arrays in, arrays out; where the arrays come from (memory-mapped files) is `rollups.cubes`.
"""

from makegood.engine.cube.coding import Codes, Column, Rows, coded, joined
from makegood.engine.cube.partition import DAY, Block, Partition, Span
from makegood.engine.cube.reach import people
from makegood.engine.cube.sums import Query, level_sums, sums

__all__ = ["DAY", "Block", "Codes", "Column", "Partition", "Query", "Rows", "Span", "coded", "joined", "level_sums", "people", "sums"]

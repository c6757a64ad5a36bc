"""The whole life of one order document, from reading to the paid invoice, through the actions the pages use.

Each step is done by the persona whose work it is, at a moment of the order's own time.
"""

from makegood.workflows.order_life.course import Told, run
from makegood.workflows.order_life.life import Life
from makegood.workflows.order_life.stages import STAGES

__all__ = ["STAGES", "Life", "Told", "run"]

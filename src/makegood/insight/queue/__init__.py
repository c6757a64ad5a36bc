"""Today: what needs a person, from every package, ordered by deadline and money. Reads only; each item names its one action."""

from makegood.insight.queue.item import KINDS, Item
from makegood.insight.queue.whole import Group, Queue, grouped, money, of, owners, waiting

__all__ = ["KINDS", "Group", "Item", "Queue", "grouped", "money", "of", "owners", "waiting"]

"""Availability: how much of what a line wants is free, who holds the rest, and what would free more.

Exact over the supply sample: a maximum flow, not leftovers. Records of holds and lines live upstream.
"""

from makegood.engine.avails.book import Book
from makegood.engine.avails.check import check
from makegood.engine.avails.exclusive import Taken, days
from makegood.engine.avails.records import Ask, Availability, Booked, Contender, LineInvalid, Relaxation
from makegood.engine.avails.widening import Variant, variants

__all__ = ["Ask", "Availability", "Book", "Booked", "Contender", "LineInvalid", "Relaxation", "Taken", "Variant", "check", "days", "variants"]

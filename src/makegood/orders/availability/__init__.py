"""What is free for the lines of an order: `check`. Bridges records (supply, reservations, holds) to engine.avails."""

from makegood.orders.availability.checking import Wish, check, check_wishes, what_if
from makegood.orders.availability.views import Avails, Holder, Loser

__all__ = ["Avails", "Holder", "Loser", "Wish", "check", "check_wishes", "what_if"]

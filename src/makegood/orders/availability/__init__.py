"""What is free for the lines of an order: `check`. Bridges records (supply, reservations, holds) to engine.avails."""

from makegood.orders.availability.checking import check, check_product
from makegood.orders.availability.views import Avails, Holder

__all__ = ["Avails", "Holder", "check", "check_product"]

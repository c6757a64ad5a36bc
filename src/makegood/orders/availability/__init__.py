"""What is free for the lines of an order: `check`. Bridges records (supply, reservations, holds) to engine.avails."""

from makegood.orders.availability.checking import Wish, check, check_product, check_wishes
from makegood.orders.availability.views import Avails, Holder

__all__ = ["Avails", "Holder", "Wish", "check", "check_product", "check_wishes"]

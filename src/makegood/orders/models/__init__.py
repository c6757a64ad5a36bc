"""The records of orders."""

from makegood.orders.models.imports import OrderImport
from makegood.orders.models.layout import Layout
from makegood.orders.models.line import Flight, Line
from makegood.orders.models.order import Order
from makegood.orders.models.reservation import Reservation
from makegood.orders.models.revision import Revision, Signature

__all__ = ["Flight", "Layout", "Line", "Order", "OrderImport", "Reservation", "Revision", "Signature"]

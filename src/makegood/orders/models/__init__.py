"""The records of orders."""

from makegood.orders.models.imports import OrderImport
from makegood.orders.models.line import Flight, Line
from makegood.orders.models.order import Order
from makegood.orders.models.papers import IssuedFile, PaperLanguage, RevisionPaper, SignatureRequest
from makegood.orders.models.reservation import Reservation
from makegood.orders.models.revision import Revision, Signature

__all__ = [
    "Flight", "IssuedFile", "Line", "Order", "OrderImport", "PaperLanguage", "Reservation", "Revision", "RevisionPaper", "Signature", "SignatureRequest",
]  # fmt: skip

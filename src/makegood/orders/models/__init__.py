"""The records of orders."""

from makegood.orders.models.building import LineDetail
from makegood.orders.models.change import CancellationTerms, ChangeOrder
from makegood.orders.models.imports import OrderImport
from makegood.orders.models.layout import Layout
from makegood.orders.models.line import Flight, Line
from makegood.orders.models.order import Order
from makegood.orders.models.papers import IssuedFile, PaperLanguage, RevisionPaper, SignatureRequest
from makegood.orders.models.pause import Pause
from makegood.orders.models.reservation import Reservation
from makegood.orders.models.revision import Revision, Signature
from makegood.orders.models.terms import OrderTerms, Prepayment

__all__ = [
    "CancellationTerms", "ChangeOrder", "Flight", "IssuedFile", "Layout", "Line", "LineDetail", "Order", "OrderImport", "OrderTerms",
    "PaperLanguage", "Pause", "Prepayment", "Reservation", "Revision", "RevisionPaper", "Signature", "SignatureRequest",
]  # fmt: skip

"""What is done on the tab Money: terms of cancelling before it is booked, letting it start unpaid. Each is one action."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from makegood.interfaces.web.orders import forms
from makegood.interfaces.web.orders.acts import act
from makegood.orders.actions import giving_notice
from makegood.orders.changes.notice import Terms
from makegood.orders.models import Order
from makegood.workflows.crediting import advance


@act("orders.submit", "Terms of cancelling kept.", forms.Cancelling, tab="money")
def cancelling(request: HttpRequest, order: Order, asked: dict[str, Any]) -> None:
    """The order's own notice and fee."""
    giving_notice.agree_terms(Terms(**asked), order=order, by=request.user, at=timezone.now())  # type: ignore[arg-type]


@act("accounts.set_credit", "It may start although it is not paid.", forms.Why, tab="money")
def release(request: HttpRequest, order: Order, asked: dict[str, Any]) -> None:
    """Finance lets an order of a client that pays in advance start."""
    advance.release(order, why=asked["why"], by=request.user, at=timezone.now())  # type: ignore[arg-type]

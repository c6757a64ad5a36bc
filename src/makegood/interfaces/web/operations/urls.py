"""Addresses for operators, and what they add to the palette."""

from django.urls import path

from makegood.core import permissions
from makegood.interfaces.web import links, palette
from makegood.interfaces.web.operations import views

urlpatterns = [
    path("operations/", views.page, name="operations"),
    path("metrics/", views.metrics, name="metrics"),
]


@palette.register
def find(actor: object, q: str) -> list[palette.Entry]:
    """The page, for those who operate."""
    may = permissions.may(actor, "delivery.operate")  # type: ignore[arg-type]
    label = "Operations: plan, events, counting"
    return [palette.Entry(label, links.page("operations"), icon="heartbeat")] if may and palette.matches(q, label) else []

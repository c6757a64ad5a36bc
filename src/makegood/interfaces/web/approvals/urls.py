"""Addresses of approval rules, and what they add to the palette."""

from django.urls import path

from makegood.core.models import Person
from makegood.interfaces.web import links, palette
from makegood.interfaces.web.approvals import house, views

urlpatterns = [
    path("approvals/rules/", views.rules, name="rules"),
    path("approvals/rules/new/", views.change, name="rule-new"),
    path("approvals/rules/<int:rule_id>/", views.change, name="rule-change"),
    path("approvals/cancelling/", house.cancelling, name="rules-cancelling"),
    path("approvals/try/", views.attempt, name="rules-try"),
]


@palette.register
def find(actor: Person, q: str) -> list[palette.Entry]:
    """The rules and trying them."""
    if not actor.is_staff_member:
        return []
    entries = (("Approval rules", links.page("rules"), "gavel"), ("Try the approval rules", f"{links.page('rules-try')}", "test-pipe"))
    return [palette.Entry(label, url, "Go to", icon=icon) for label, url, icon in entries if q and palette.matches(q, label)]

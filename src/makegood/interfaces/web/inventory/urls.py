"""Addresses of the inventory calendar."""

from django.urls import path

from makegood.core import permissions
from makegood.interfaces.web import links, palette
from makegood.interfaces.web.inventory import holding, rules, views

urlpatterns = [
    path("inventory/", views.inventory, name="inventory"),
    path("inventory/cell/", views.cell, name="inventory-cell"),
    path("inventory/hold/", holding.hold, name="hold"),
    path("inventory/holds/rules/", rules.rules, name="hold-rules"),
    path("inventory/holds/<int:hold_id>/", holding.at, name="hold-at"),
    path("inventory/holds/<int:hold_id>/extend/", holding.extend, name="hold-extend"),
    path("inventory/holds/<int:hold_id>/release/", holding.release, name="hold-release"),
    path("inventory/holds/<int:hold_id>/hand-over/", holding.hand_over, name="hold-hand-over"),
    path("inventory/holds/<int:hold_id>/challenge/", holding.challenge, name="hold-challenge"),
    path("inventory/holds/<int:hold_id>/withdraw/", holding.withdraw, name="hold-withdraw"),
    path("inventory/holds/<int:hold_id>/jump/", holding.jump, name="hold-jump"),
]


@palette.register
def place_a_hold(actor: object, q: str) -> list[palette.Entry]:
    """The calendar's main action, and the rules of holds."""
    if not actor.is_staff_member:  # type: ignore[attr-defined]
        return []
    found = [palette.Entry("Place a hold", f"{links.page('inventory')}hold/", "Do", icon="calendar-plus")]
    if permissions.may(actor, "sales.hold_rules"):  # type: ignore[arg-type]
        found.append(palette.Entry("Rules of holds", f"{links.page('inventory')}holds/rules/", "Do", icon="adjustments"))
    return [one for one in found if palette.matches(q, one.label)]

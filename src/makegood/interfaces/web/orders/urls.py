"""Addresses of orders, lines and flights, and what they add to the palette."""

from django.db.models import Q
from django.urls import path

from makegood.interfaces.web import links, palette
from makegood.interfaces.web.grid import grid_view
from makegood.interfaces.web.orders import (
    acts,
    adding,
    avails,
    builder,
    builder_files,
    builder_panel,
    campaign,
    change_acts,
    changing,
    ending,
    money_acts,
    review,
    revisions,
)
from makegood.interfaces.web.orders.tables import FLIGHTS, IMPORT, LINES, NEW, ORDERS
from makegood.orders import queries

urlpatterns = [
    path("orders/", grid_view(ORDERS, verb="orders.see", template="orders/list.html"), name="orders"),
    path("lines/", grid_view(LINES, verb="orders.see", template="orders/list.html"), name="lines"),
    path("flights/", grid_view(FLIGHTS, verb="orders.see", template="orders/list.html"), name="flights"),
    path("orders/new/", adding.new, name="order-new"),
    path("orders/<int:order_id>/", campaign.campaign, name="order"),
    path("orders/<int:order_id>/panel/", campaign.panel, name="order-panel"),
    path("orders/<int:order_id>/counts/", campaign.counts, name="order-counts"),
    path("orders/<int:order_id>/build/", builder.page, name="order-build"),
    path("orders/<int:order_id>/build/rows/", builder.rows, name="order-build-rows"),
    path("orders/<int:order_id>/build/check/", builder.check, name="order-build-check"),
    path("orders/<int:order_id>/build/offers/", builder.offers, name="order-build-offers"),
    path("orders/<int:order_id>/build/panel/", builder_panel.panel, name="order-build-panel"),
    path("orders/<int:order_id>/build/export/", builder_files.export, name="order-build-export"),
    path("orders/<int:order_id>/build/upload/", builder_files.upload, name="order-build-upload"),
    path("orders/<int:order_id>/build/package/", builder.package, name="order-build-package"),
    path("orders/<int:order_id>/build/save/", builder.save, name="order-build-save"),
    path("orders/<int:order_id>/lines/avails/", avails.lines, name="order-avails"),
    path("orders/<int:order_id>/lines/<int:line_id>/remove/", adding.remove_line, name="order-remove-line"),
    path("orders/<int:order_id>/submit/", acts.submit, name="order-submit"),
    path("orders/<int:order_id>/withdraw/", acts.withdraw, name="order-withdraw"),
    path("orders/<int:order_id>/approvals/<int:approval_id>/", acts.decide, name="order-decide"),
    path("orders/<int:order_id>/sign/", acts.sign, name="order-sign"),
    path("orders/<int:order_id>/countersign/", acts.countersign, name="order-countersign"),
    path("orders/<int:order_id>/book/", acts.book, name="order-book"),
    path("orders/<int:order_id>/review/", review.review, name="order-review"),
    path("orders/<int:order_id>/review/terms/", review.receive, name="order-terms"),
    path("orders/<int:order_id>/review/<int:approval_id>/", review.decide, name="order-review-decide"),
    path("orders/<int:order_id>/cancel/", acts.cancel, name="order-cancel"),
    path("orders/<int:order_id>/ask/", acts.ask, name="order-ask"),
    path("orders/<int:order_id>/remind/<int:task_id>/", acts.remind, name="order-remind"),
    path("orders/<int:order_id>/po/", acts.number, name="order-po"),
    path("orders/<int:order_id>/cancelling/", money_acts.cancelling, name="order-cancelling"),
    path("orders/<int:order_id>/release/", money_acts.release, name="order-release"),
    path("orders/<int:order_id>/say/", acts.say, name="order-say"),
    path("orders/<int:order_id>/changes/begin/", changing.begin, name="change-begin"),
    path("orders/<int:order_id>/notice/", ending.notice, name="order-notice"),
    path("orders/<int:order_id>/revisions/", revisions.compare, name="order-revisions"),
    path("orders/changes/<int:change_id>/", changing.change, name="change"),
    path("orders/changes/<int:change_id>/preview/", changing.preview, name="change-preview"),
    path("orders/changes/<int:change_id>/collect/", change_acts.collect, name="change-collect"),
    path("orders/changes/<int:change_id>/reach/", changing.reach, name="change-reach"),
    path("orders/changes/<int:change_id>/undo/", change_acts.undo, name="change-undo"),
    path("orders/changes/<int:change_id>/earlier/", change_acts.earlier, name="change-earlier"),
    path("orders/changes/<int:change_id>/push/", change_acts.push, name="change-push"),
    path("orders/changes/<int:change_id>/send/", change_acts.send, name="change-send"),
    path("orders/changes/<int:change_id>/withdraw/", change_acts.withdraw, name="change-withdraw"),
    path("orders/changes/<int:change_id>/take-up/", change_acts.take_up, name="change-take-up"),
    path("orders/changes/<int:change_id>/rebase/", change_acts.rebase, name="change-rebase"),
    path("orders/changes/<int:change_id>/approvals/<int:approval_id>/", change_acts.decide, name="change-decide"),
    path("orders/changes/<int:change_id>/sign/", change_acts.sign, name="change-sign"),
    path("orders/changes/<int:change_id>/take-effect/", change_acts.take_effect, name="change-take-effect"),
]


@palette.register
def find_orders(actor: object, q: str) -> list[palette.Entry]:
    """Orders by name, number or client; with nothing typed, the two ways to a new one."""
    if not actor.is_staff_member:  # type: ignore[attr-defined]
        return []
    if not q:
        return [palette.Entry("Import an order", IMPORT, "Do", icon="file-import"), palette.Entry("New order", NEW, "Do", icon="plus")]
    named = Q(name__icontains=q) | Q(number__icontains=q) | Q(external_number__icontains=q) | Q(advertiser__party__name__icontains=q)
    rows = queries.visible_to(actor).filter(named).select_related("advertiser__party").order_by("-start")[: palette.LIMIT]  # type: ignore[arg-type]
    return [palette.Entry(one.name, links.record(one), "Orders", f"{one.advertiser}, {one.number}", "file-text") for one in rows]


@palette.register
def find_lines(actor: object, q: str) -> list[palette.Entry]:
    """Lines by their own name, leading to their order."""
    if len(q) < 2 or not actor.is_staff_member:  # type: ignore[attr-defined]
        return []
    rows = queries.line_list(actor).filter(name__icontains=q)[: palette.LIMIT]  # type: ignore[arg-type]
    return [palette.Entry(one.name, links.record(one.order), "Lines", f"{one.order.advertiser}, {one.order.name}", "list") for one in rows]

"""Addresses of plans and holds, and what they add to the palette."""

from django.urls import path

from makegood.interfaces.web import links, palette
from makegood.interfaces.web.grid import grid_view
from makegood.interfaces.web.plans import lines, page, views
from makegood.interfaces.web.plans.tables import BRIEFS, HELD, HOLDS, NEW
from makegood.sales import queries

urlpatterns = [
    path("plans/", grid_view(BRIEFS, verb="sales.see"), name="plans"),
    path("plans/holds/", grid_view(HELD, verb="sales.see"), name="holds"),
    path("plans/new/", views.new, name="plan-new"),
    path("plans/rules/", page.rules, name="plan-rules"),
    path("plans/briefs/<int:brief_id>/", views.panel, name="brief"),
    path("plans/briefs/<int:brief_id>/edit/", views.edit, name="brief-edit"),
    path("plans/briefs/<int:brief_id>/propose/", views.propose, name="brief-propose"),
    path("plans/briefs/<int:brief_id>/win/", views.win, name="brief-win"),
    path("plans/briefs/<int:brief_id>/lose/", views.lose, name="brief-lose"),
    path("plans/briefs/<int:brief_id>/plan/", page.make, name="plan-make"),
    path("plans/<int:plan_id>/", page.plan, name="plan"),
    path("plans/<int:plan_id>/lines/<int:plan_line_id>/", lines.line, name="plan-line"),
    path("plans/<int:plan_id>/lines/<int:plan_line_id>/lock/", lines.lock, name="plan-line-lock"),
    path("plans/<int:plan_id>/lines/<int:plan_line_id>/out/", lines.take_out, name="plan-line-out"),
    path("plans/<int:plan_id>/swap/", page.swap, name="plan-swap"),
    path("plans/<int:plan_id>/again/", page.again, name="plan-again"),
    path("plans/<int:plan_id>/propose/", page.propose, name="plan-propose"),
    path("plans/<int:plan_id>/reopen/", page.reopen, name="plan-reopen"),
    path("plans/<int:plan_id>/order/", page.order, name="plan-order"),
]


@palette.register
def find(actor: object, q: str) -> list[palette.Entry]:
    """Briefs by name or client; holds and the new brief by their words."""
    if not q or not actor.is_staff_member:  # type: ignore[attr-defined]
        return []
    rows = queries.brief_list(actor).filter(name__icontains=q)[: palette.LIMIT]  # type: ignore[arg-type]
    found = [palette.Entry(one.name, f"{links.page('plans')}?row={one.pk}&status=", "Plans", str(one.advertiser), "bulb") for one in rows]
    words = (("New brief", NEW, "plus"), ("Holds", HOLDS, "clock"), ("Rules of good plans", f"{links.page('plans')}rules/", "scale"))
    return found + [palette.Entry(label, url, "Do", icon=icon) for label, url, icon in words if palette.matches(q, label)]

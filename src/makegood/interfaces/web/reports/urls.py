"""Addresses of reports, and what they add to the palette."""

from django.urls import path

from makegood.core import permissions
from makegood.insight import reports
from makegood.interfaces.web import links, palette
from makegood.interfaces.web.grid import grid_view
from makegood.interfaces.web.reports import leadership, views
from makegood.interfaces.web.reports.tables import REPORTS

urlpatterns = [
    path("reports/", grid_view(REPORTS, verb="insight.report"), name="reports"),
    path("reports/leadership/", leadership.page, name="leadership"),
    path("reports/leadership/<str:kind>/", leadership.file, name="leadership-file"),
    path("reports/<int:order_id>/", views.report, name="report"),
    path("reports/<int:order_id>/make/", views.make, name="report-make"),
]


@palette.register
def find(actor: object, q: str) -> list[palette.Entry]:
    """The leadership status, and reports by campaign."""
    may = permissions.may(actor, "insight.leadership")  # type: ignore[arg-type]
    found = [palette.Entry("Leadership status", links.page("leadership"), icon="chart-bar")] if may and palette.matches(q, "Leadership status") else []
    if not q:
        return found
    rows = reports.campaign_list(actor).filter(name__icontains=q).order_by("-end")[: palette.LIMIT]  # type: ignore[arg-type]
    return found + [palette.Entry(one.name, links.part("report", one.pk), "Reports", str(one.advertiser), "chart-bar") for one in rows]

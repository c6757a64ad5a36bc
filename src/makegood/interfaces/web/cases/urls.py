"""Addresses of cases, and what they add to the palette."""

from django.urls import path, re_path

from makegood.core.models import Person
from makegood.interfaces.web import links, palette
from makegood.interfaces.web.cases import views
from makegood.interfaces.web.cases.tables import CASES, NEW
from makegood.interfaces.web.grid import grid_view
from makegood.work import queries

urlpatterns = [
    path("cases/", grid_view(CASES, verb="work.cases.see"), name="cases"),
    path("cases/open/", views.new, name="case-open"),
    path("cases/<int:case_id>/", views.case, name="case"),
    path("cases/<int:case_id>/say/", views.say, name="case-say"),
    re_path(r"^cases/(?P<case_id>\d+)/(?P<verb>wait|resume|resolve|close|assign)/$", views.move, name="case-move"),
]


@palette.register
def find(actor: Person, q: str) -> list[palette.Entry]:
    """Cases by title or number, and opening one."""
    if not q:
        return [palette.Entry("Open a case", NEW, "Do", icon="message-report")]
    rows = queries.case_list(actor).filter(title__icontains=q)[: palette.LIMIT]
    hits = [palette.Entry(str(one), links.record(one), "Cases", one.subject_label, "message-report") for one in rows]
    pages = [("All cases", links.page("cases"), "Go to"), ("Open a case", NEW, "Do")]
    return hits + [palette.Entry(label, url, kind, icon="message-report") for label, url, kind in pages if palette.matches(q, label)]

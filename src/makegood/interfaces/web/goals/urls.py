"""Addresses of goals and renewals, and what they add to the palette."""

from django.urls import path

from makegood.interfaces.web import links, palette
from makegood.interfaces.web.goals import setting, views

urlpatterns = [
    path("goals/", views.page, name="goals"),
    path("goals/cell/", views.cell, name="goals-cell"),
    path("goals/export/", views.export, name="goals-export"),
    path("goals/set/", setting.set_goal, name="goals-set"),
    path("goals/sheet/", setting.sheet, name="goals-sheet"),
    path("goals/renewals/", views.renewals, name="renewals"),
    path("goals/renewals/weights/", setting.weights, name="renewal-weights"),
]


@palette.register
def find(actor: object, q: str) -> list[palette.Entry]:
    """The two pages by their words."""
    if not actor.is_staff_member:  # type: ignore[attr-defined]
        return []
    pages = (("Goals and pipeline", links.page("goals"), "target"), ("Renewals", links.page("renewals"), "refresh"))
    return [palette.Entry(label, url, icon=icon) for label, url, icon in pages if palette.matches(q, label)]

"""Addresses of trafficking and what it adds to the palette."""

from django.urls import path, reverse

from makegood.interfaces.web import links, palette
from makegood.interfaces.web.grid import grid_view
from makegood.interfaces.web.trafficking import changes, tags, turns, views
from makegood.interfaces.web.trafficking.tables import LAUNCHES, TAGS
from makegood.trafficking.queries import launches

urlpatterns = [
    path("trafficking/", grid_view(LAUNCHES, verb="trafficking.see"), name="trafficking"),
    path("trafficking/tags/", grid_view(TAGS, verb="trafficking.see"), name="tags"),
    path("trafficking/tags/<int:placement_id>/", tags.tag, name="tag"),
    path("trafficking/tags/<int:placement_id>/callers/", tags.callers, name="tag-callers"),
    path("trafficking/tags/<int:placement_id>/test/", tags.test, name="tag-test"),
    path("trafficking/tags/<int:placement_id>/events/", tags.events, name="tag-events"),
    path("trafficking/<int:order_id>/", views.sheet, name="trafficking-sheet"),
    path("trafficking/<int:order_id>/sheet.xlsx", views.export, name="trafficking-export"),
    path("trafficking/<int:order_id>/assign-all/", changes.assign_all, name="trafficking-assign-all"),
    path("trafficking/<int:order_id>/check/", changes.check, name="trafficking-check"),
    path("trafficking/<int:order_id>/publish/", changes.publish, name="trafficking-publish"),
    path("trafficking/flights/<int:flight_id>/assign/", changes.assign, name="trafficking-assign"),
    path("trafficking/flights/<int:flight_id>/rotation/", turns.rotate, name="trafficking-rotation"),
    path("trafficking/assignments/<int:assignment_id>/", changes.change, name="trafficking-change"),
]


@palette.register
def find(actor: object, q: str) -> list[palette.Entry]:
    """Sheets of open orders by name or number, and the tags."""
    if not q:
        return []
    every = [palette.Entry("Tags", reverse("tags"), "Trafficking", "for pages, players and servers", "code")]
    rows = launches.launch_list(actor)  # type: ignore[arg-type]
    found = rows.filter(name__icontains=q) | rows.filter(number__icontains=q)
    return (every if palette.matches(q, "Tags") else []) + [
        palette.Entry(row.name, links.part("trafficking", row.pk), "Trafficking", row.number, "send")
        for row in found.order_by("-pk")[: palette.LIMIT]
    ]

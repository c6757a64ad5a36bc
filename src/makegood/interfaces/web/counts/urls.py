"""Addresses of third-party counts and discrepancies, and what they add to the palette."""

from django.urls import path

from makegood.core import permissions
from makegood.delivery.queries import discrepancies
from makegood.interfaces.web import links, palette
from makegood.interfaces.web.counts import acts, board, loading
from makegood.interfaces.web.counts.tables import BOARD
from makegood.interfaces.web.grid import grid_view

ONE = "counts/<int:load_id>"
urlpatterns = [
    path("counts/", loading.dropped, name="counts"),
    path(f"{ONE}/", loading.one, name="count-load"),
    path(f"{ONE}/choose/", acts.choose, name="count-load-choose"),
    path(f"{ONE}/column/", acts.column, name="count-load-column"),
    path(f"{ONE}/confirm/", acts.confirm, name="count-load-confirm"),
    path("discrepancies/", grid_view(BOARD, verb="delivery.compare", template="counts/board.html", extra=board.head), name="discrepancies"),
    path("discrepancies/<int:line_id>/", board.line, name="discrepancy"),
]


@palette.register
def find(actor: object, q: str) -> list[palette.Entry]:
    """The two pages, and compared lines by name."""
    if not actor.is_staff_member:  # type: ignore[attr-defined]
        return []
    pages = [("Discrepancies", "discrepancies", "scale", "delivery.compare"), ("Load third-party counts", "counts", "file-import", "delivery.load_third_party")]
    found = [
        palette.Entry(label, links.page(name), icon=icon)
        for label, name, icon, verb in pages if permissions.may(actor, verb) and palette.matches(q, label)  # type: ignore[arg-type]
    ]  # fmt: skip
    if len(q) < 2:
        return found
    rows = discrepancies.discrepancy_list(actor).filter(line__name__icontains=q)[: palette.LIMIT]  # type: ignore[arg-type]
    return found + [palette.Entry(one.line.name, links.part("discrepancy", one.line_id), "Discrepancies", one.vendor, "scale") for one in rows]

"""Addresses of the pacing console, and what it adds to the palette."""

from django.urls import path

from makegood.delivery.queries import pacing
from makegood.interfaces.web import links, palette
from makegood.interfaces.web.grid import grid_view
from makegood.interfaces.web.pacing import doing, views
from makegood.interfaces.web.pacing.tables import PACING

urlpatterns = [
    path("pacing/", grid_view(PACING, verb="delivery.pace", template="pacing/console.html", extra=views.head), name="pacing"),
    path("pacing/<int:line_id>/", views.line, name="pacing-line"),
    path("pacing/<int:line_id>/together/", views.together, name="pacing-together"),
    path("pacing/<int:line_id>/apply/", doing.apply, name="pacing-apply"),
    path("pacing/<int:line_id>/make-good/", doing.make_good, name="pacing-make-good"),
]


@palette.register
def find(actor: object, q: str) -> list[palette.Entry]:
    """Running lines whose name or client holds what was typed."""
    if not q:
        return []
    rows = pacing.pace_list(actor).filter(line__name__icontains=q).order_by("-at_risk")[: palette.LIMIT]  # type: ignore[arg-type]
    return [
        palette.Entry(one.line.name, links.part("pacing", one.line_id), "Pacing", str(one.line.order.advertiser), "activity") for one in rows
    ]

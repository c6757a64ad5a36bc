"""Addresses of the team's page."""

from django.urls import path

from makegood.core import queries
from makegood.core.models import Person
from makegood.interfaces.web import palette
from makegood.interfaces.web.team import views

urlpatterns = [
    path("team/", views.team, name="team"),
    path("team/hand-over/<int:task_id>/", views.hand_over, name="team-hand-over"),
    path("team/absences/", views.plan, name="team-plan"),
    path("team/absences/<int:absence_id>/cancel/", views.cancel, name="team-cancel"),
]


@palette.register
def find(actor: Person, q: str) -> list[palette.Entry]:
    """Colleagues by name."""
    rows = queries.staff().filter(name__icontains=q)[:6] if q and actor.is_staff_member else []
    return [palette.Entry(one.name, f"/team/?person={one.pk}", "People", one.title, "user") for one in rows]

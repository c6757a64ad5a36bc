"""What a person sets for themselves and saved views of lists: no activity is written, nobody else's work changes."""

from django.db import models

from makegood.core.errors import NotAllowed
from makegood.core.models import Person, SavedView


def set_theme(person: Person, theme: str) -> None:
    """auto, light or dark."""
    Person.objects.filter(pk=person.pk).update(theme=theme)
    person.theme = theme


def set_zone(person: Person, zone: str) -> None:
    """An IANA time zone; times are shown on its clock."""
    Person.objects.filter(pk=person.pk).update(zone=zone)
    person.zone = zone


def set_shortcuts(person: Person, on: bool) -> None:
    """Whether single keys act."""
    Person.objects.filter(pk=person.pk).update(shortcuts=on)
    person.shortcuts = on


def views(person: Person, list_key: str) -> models.QuerySet[SavedView]:
    """The views of a list that `person` may use: their own and what the seller's people share."""
    mine = models.Q(person=person)
    shared = models.Q(shared=True) if person.is_staff_member else models.Q(pk__in=[])
    return SavedView.objects.filter(mine | shared, list_key=list_key).select_related("person").order_by("name", "pk")


def save_view(person: Person, list_key: str, name: str, query: str, *, shared: bool = False) -> SavedView:
    """Keep a view under `name`; saving again under the same name replaces it."""
    view, _ = SavedView.objects.update_or_create(
        person=person, list_key=list_key[:40], name=name.strip()[:80], defaults={"query": query, "shared": shared}
    )
    return view


def drop_view(person: Person, view_id: int) -> SavedView:
    """Remove one's own view and return it as it was. Raises NotAllowed for another's."""
    view = SavedView.objects.select_related("person").get(pk=view_id)
    if view.person_id != person.pk:
        raise NotAllowed(
            "This view belongs to someone else.", place=view.name, remedy=f"Ask {view.person.name}, or save your own."
        )
    SavedView.objects.filter(pk=view_id).delete()
    return view

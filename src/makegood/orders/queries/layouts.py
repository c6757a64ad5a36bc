"""Layouts learnt, and what each changes: the documents it was learnt from read again without and with it."""

import dataclasses
import pathlib

from django.db.models import QuerySet

from makegood.core.models import Person
from makegood.documents import orders as documents
from makegood.orders.actions.learning import as_learnt
from makegood.orders.models import Layout, OrderImport


@dataclasses.dataclass(frozen=True)
class Changed:
    """One value of one document: as read without the layout, with it, and as a person put it right ('' where nobody did)."""

    document: str
    place: str
    without: str
    with_it: str
    put_right: str


@dataclasses.dataclass(frozen=True)
class Applied:
    """A layout in one import: (field, what it was read as before) and the header words it knew."""

    layout: Layout
    fields: tuple[tuple[str, str], ...]
    columns: tuple[str, ...]


def layout_list(actor: Person) -> QuerySet[Layout]:
    """Layouts, newest first; the seller's people only."""
    rows = Layout.objects.select_related("account__party", "learnt_from__file", "by").order_by("-pk")
    return rows if actor.is_staff_member else rows.none()


def read_otherwise(layout: Layout) -> list[Changed]:
    """What the layout changes in the documents that it and its earlier versions were learnt from."""
    found: list[Changed] = []
    version: Layout | None = layout
    while version is not None:
        found += _changes(layout, version.learnt_from)
        version = version.replaces
    return found


def learnt(actor: Person, received: OrderImport) -> Applied | None:
    """The layout an import was read with and what it changed; None where there was none."""
    said = received.document["document"].get("learnt")
    layout = layout_list(actor).filter(pk=said["layout"]).first() if said else None
    return Applied(layout, tuple((name.replace("_", " "), was or "") for name, was in said["fields"].items()), tuple(said["columns"])) if layout else None


def _changes(layout: Layout, received: OrderImport) -> list[Changed]:
    path = pathlib.Path(str(received.file.path))
    before, after = documents.read(path, name=str(received)), documents.read(path, name=str(received), layouts=[as_learnt(layout)])
    values = [{**{f"field:{name}": str(field.value) for name, field in one.fields.items()},
               **{f"line:{line.number}:{name}": str(field.value) for line in one.lines for name, field in line.fields.items()}} for one in (before, after)]  # fmt: skip
    differing = [place for place in {**values[0], **values[1]} if values[0].get(place) != values[1].get(place)]
    return [Changed(str(received), place, values[0].get(place, ""), values[1].get(place, ""), str(received.fixes.get(place, ""))) for place in differing]

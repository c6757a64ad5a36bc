"""What a campaign asks of its files: its brief's deliverables, else the sizes its flights show; and which of them were sent."""

import dataclasses
from collections.abc import Sequence

from makegood.catalog.models import Placement
from makegood.creatives import shapes
from makegood.creatives.matching import Deliverable, Match, match
from makegood.creatives.models import AssetBrief, Creative, Upload
from makegood.creatives.shapes import Shape
from makegood.orders.models import Flight, Order


@dataclasses.dataclass(frozen=True)
class Matched:
    """A whole upload with the deliverable it seems to be."""

    upload: Upload
    match: Match | None


def wanted(order: Order) -> list[Deliverable]:
    """The deliverables; one that was sent before names its creative, so that a file becomes its next version."""
    brief = brief_of(order)
    asked = [_briefed(row) for row in brief.deliverables] if brief else _of_flights(order)
    sent = list(Creative.objects.filter(root_type="orders.order", root_id=order.pk).order_by("pk"))
    return [dataclasses.replace(one, creative_id=next((row.pk for row in sent if _same(row, one)), None)) for one in asked]


def brief_of(order: Order) -> AssetBrief | None:
    """The newest brief of the campaign's files."""
    return AssetBrief.objects.filter(root_type="orders.order", root_id=order.pk).order_by("-number").first()


def matched(order: Order, uploads: Sequence[Upload]) -> list[Matched]:
    """Whole uploads with what they seem to be, all matched together."""
    whole = [one for one in uploads if one.shape]
    found = match([(one.name, _shape(one)) for one in whole], wanted(order))
    return [Matched(one, hit) for one, hit in zip(whole, found, strict=True)]


def _briefed(row: dict[str, object]) -> Deliverable:
    names = {field.name for field in dataclasses.fields(Deliverable)} - {"creative_id"}
    return Deliverable(**{name: value for name, value in row.items() if name in names})  # type: ignore[arg-type]


def _of_flights(order: Order) -> list[Deliverable]:
    ids = {pk for found in Flight.objects.filter(line__order=order).exclude(status="cancelled").values_list("placement_ids", flat=True) for pk in found}
    found: dict[str, Deliverable] = {}
    for place in Placement.objects.filter(pk__in=ids).order_by("pk"):
        one = Deliverable(f"{order.name} {shapes.words(place.format, place.width, place.height, place.duration_s)}", place.format, place.width, place.height, place.duration_s)
        found.setdefault(one.shape, one)
    return list(found.values())


def _same(row: Creative, one: Deliverable) -> bool:
    return row.name.lower() == one.name.lower() and (row.format, row.width, row.height) == (one.format, one.width, one.height)


def _shape(upload: Upload) -> Shape:
    made = upload.shape or {}
    width, height = (int(made[name]) if made.get(name) else None for name in ("width", "height"))
    return Shape(str(made["format"]), width, height, made.get("duration_s"))

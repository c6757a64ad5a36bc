"""Tags a publisher pastes or calls, of every kind the ad server answers. Text only; nothing is published."""

import dataclasses
from collections.abc import Iterable

from makegood.catalog.models import Placement
from makegood.core.models import Person
from makegood.trafficking.queries import tag_texts
from makegood.trafficking.queries.tag_texts import KINDS, Options

__all__ = ["KINDS", "Options", "Tag", "kinds", "of", "placement", "tag"]


@dataclasses.dataclass(frozen=True)
class Tag:
    """What to paste for one placement, and what it is."""

    placement: Placement
    kind: str
    text: str


def of(places: Iterable[Placement]) -> list[Tag]:
    """The usual tag for each placement, in order of name, once."""
    unique = {place.pk: place for place in places}
    return [tag(place) for place in sorted(unique.values(), key=lambda place: place.name)]


def kinds(place: Placement) -> tuple[str, ...]:
    """Keys of KINDS that a placement can be asked for by, the usual one first."""
    if place.format in ("audio", "video"):
        return ("vast", "script", "iframe", "openrtb")
    return ("native", "openrtb") if place.format == "native" else ("script", "iframe", "openrtb")


def tag(place: Placement, kind: str = "", options: Options = Options()) -> Tag:
    """The ad server's tag for a placement (docs/adserver.md), of the usual kind unless said."""
    kind = kind if kind in kinds(place) else kinds(place)[0]
    return Tag(place, KINDS[kind], tag_texts.TEXTS[kind](place, options))


def placement(actor: Person, placement_id: int) -> Placement:
    """A placement with its property. Raises DoesNotExist, for clients always."""
    rows = Placement.objects.select_related("property")
    return (rows if actor.is_staff_member else rows.none()).get(pk=placement_id)

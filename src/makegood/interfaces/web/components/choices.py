"""Ways to choose what is seen: tabs, segments, filter chips, breadcrumbs. Each is a link, so each can be pasted."""

import dataclasses


@dataclasses.dataclass(frozen=True, slots=True)
class Crumb:
    """A step of the path to this page; the last has no address."""

    label: str
    url: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Tab:
    """One tab; `count` stands small beside it."""

    label: str
    url: str
    current: bool = False
    count: int | str | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Choice:
    """One part of a segment."""

    label: str
    url: str
    on: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class FilterChip:
    """A filter: chosen or not; with `remove_url` it carries a cross."""

    label: str
    url: str = ""
    on: bool = False
    count: int | str | None = None
    remove_url: str = ""
    icon: str = ""

"""What an ad was seen to do when it ran: frozen facts of one run, nothing judged."""

from __future__ import annotations

from dataclasses import dataclass

from makegood.engine.specs.facts import Spot


@dataclass(frozen=True, slots=True)
class RunFacts:
    """One run in the jail. Times in seconds; `where` of a request is its type, of a console error its place.

    `cpu_share` is processor time of the ad's processes between load and the end of the watch, as a share of one core.
    `moving_after_s` is when the picture last changed although it should stand still, None when it stood.
    `opened` are addresses asked for by the click, `unasked` by the ad alone; `click_tag` is what it was given to open.
    """

    load_s: float
    requests: tuple[Spot, ...]
    later_requests: int
    loaded_bytes: int
    outside: tuple[Spot, ...]
    absent: tuple[Spot, ...]
    cpu_share: float
    errors: tuple[Spot, ...]
    moving_after_s: float | None
    sounds: tuple[Spot, ...]
    dialogs: tuple[Spot, ...]
    unasked: tuple[Spot, ...]
    click_tag: str
    opened: tuple[str, ...]
    cut_off: bool

"""Rules for what is seen when a video is watched to its end: black, standing still, bars, flashing.
Encoding and container are in `video`, sound in `sound`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from makegood.engine.specs.facts import Stretch, VideoFacts
from makegood.engine.specs.findings import Fault
from makegood.engine.specs.rules.rule import Rule, fixed, number

SIDES = ("top", "bottom", "left", "right")
THIN = 0.02  # of the picture: less is a soft edge, not a bar


def black(facts: VideoFacts, limit_s: float) -> Iterator[Fault]:
    """Black pictures in a row, in seconds."""
    for stretch in facts.black:
        if _length(stretch) > limit_s + 0.0005:
            yield Fault(f"{number(_length(stretch))} s of black", f"Cut the black from {_span(stretch)}.", _span(stretch))


def frozen(facts: VideoFacts, limit_s: float) -> Iterator[Fault]:
    """The same picture in a row, in seconds."""
    for stretch in facts.frozen:
        if _length(stretch) > limit_s + 0.0005:
            yield Fault(f"the picture stands still for {number(_length(stretch))} s",
                        f"Check the export: nothing moves from {_span(stretch)}.", _span(stretch))  # fmt: skip


def bars(facts: VideoFacts, _: Any) -> Iterator[Fault]:
    """Edges that stay black throughout."""
    found = [f"{share:.0%} {side}" for share, side in zip(facts.bars, SIDES, strict=True) if share > THIN]
    if found:
        yield Fault(f"black bars: {', '.join(found)}", "Export the film without bars: the player adds its own.", "picture")


def flashing(facts: VideoFacts, limit: int) -> Iterator[Fault]:
    """Flashes of a quarter of the screen within any one second."""
    if facts.flashes > limit:
        yield Fault(f"{facts.flashes} flashes within a second",
                    f"Slow down or soften the flashing at {number(facts.flashes_at_s)} s: it can cause seizures.",
                    f"{number(facts.flashes_at_s)} s")  # fmt: skip


def watched(facts: VideoFacts, _: Any) -> Iterator[Fault]:
    """Whether every picture was looked at."""
    if not facts.watched:
        yield Fault("too long or too large to watch every picture", "The reviewer looks at black, bars and flashing by eye.",
                    "picture")  # fmt: skip


def _length(stretch: Stretch) -> float:
    return round(stretch.end_s - stretch.start_s, 3)


def _span(stretch: Stretch) -> str:
    return f"{number(stretch.start_s)} s to {number(stretch.end_s)} s"


RULES = (
    Rule("max_black_s", "Black", lambda v: f"at most {number(v)} s of black", {VideoFacts: black}),
    Rule("max_freeze_s", "Standing still", lambda v: f"at most {number(v)} s without movement", {VideoFacts: frozen}),
    Rule("no_bars", "Black bars", fixed("the picture fills the frame"), {VideoFacts: bars}),
    Rule("max_flashes", "Flashing", lambda v: f"at most {v} flashes within a second", {VideoFacts: flashing}),
    Rule("watched", "Watched", fixed("every picture looked at"), {VideoFacts: watched}),
)

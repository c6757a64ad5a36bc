"""A file's shape: its format, size and length as placements speak of them, told from its facts."""

import dataclasses
from decimal import Decimal
from typing import Any

from makegood.catalog.models import Format
from makegood.creatives.models import Creative
from makegood.engine.specs import Facts
from makegood.engine.specs import plain as as_json
from makegood.engine.specs.facts import AudioFacts, BundleFacts, ImageFacts, TextFacts, VastFacts, VideoFacts

KINDS: dict[type[Facts], str] = {
    ImageFacts: "image", BundleFacts: "html", AudioFacts: "audio", VideoFacts: "video", VastFacts: "vast_tag",
    TextFacts: "native",
}  # fmt: skip


@dataclasses.dataclass(frozen=True)
class Shape:
    """What a placement must offer."""

    format: str
    width: int | None = None
    height: int | None = None
    duration_s: Decimal | None = None

    def __str__(self) -> str:
        return words(self.format, self.width, self.height, self.duration_s)

    def replaces(self, creative: Creative) -> bool:
        """Whether a file of this shape can run where `creative` does: same format and, when shown, same size or twice it."""
        if self.format != creative.format or self.format != Format.DISPLAY:
            return self.format == creative.format
        size, wanted = (self.width or 0, self.height or 0), (creative.width or 0, creative.height or 0)
        return size in (wanted, (2 * wanted[0], 2 * wanted[1])) or wanted == (2 * size[0], 2 * size[1])


def of(facts: Facts) -> Shape:
    """The shape of a file. A VAST tag is audio when all its media are, else video."""
    match facts:
        case ImageFacts() | BundleFacts():
            return Shape(Format.DISPLAY, facts.width, facts.height)
        case AudioFacts():
            return Shape(Format.AUDIO, duration_s=_seconds(facts.duration_s))
        case VideoFacts():
            return Shape(Format.VIDEO, facts.width, facts.height, _seconds(facts.duration_s))
        case VastFacts():
            media = [file.mime for ad in facts.ads for file in ad.media]
            sound = bool(media) and all(mime.startswith("audio/") for mime in media)
            lengths = [ad.duration_s for ad in facts.ads if ad.duration_s]
            return Shape(Format.AUDIO if sound else Format.VIDEO, duration_s=_seconds(lengths[0]) if lengths else None)
        case _:
            return Shape(Format.NATIVE)


def label(creative: Creative) -> str:
    """A creative's shape in words: 300×250, 30 s audio."""
    return words(creative.format, creative.width, creative.height, creative.duration_s)


def words(format: str, width: int | None, height: int | None, duration_s: Decimal | int | None) -> str:
    """Size for what is shown, length for what is played, else the format's name."""
    if format == Format.DISPLAY and width and height:
        return f"{width}×{height}"
    if duration_s and format in (Format.AUDIO, Format.VIDEO):
        return f"{round(duration_s)} s {format}"
    return Format(format).label if format in Format.values else format


def plain(facts: Facts) -> dict[str, Any]:
    """Facts as stored."""
    return as_json.to_json(facts)


def _seconds(value: float) -> Decimal:
    return Decimal(str(round(value, 3)))

"""Where a version is shown: on the ad server's own origin, under a signed address that ends soon. Never on ours."""

import dataclasses
import datetime
import functools
import pathlib
from collections.abc import Iterable

from django.conf import settings

from makegood.adserver import signing
from makegood.creatives import shapes
from makegood.creatives.models import Pin, Version
from makegood.documents.creatives import UnreadableCreative, waveform
from makegood.trafficking.plan import writing

FOR = datetime.timedelta(minutes=15)
POINTS = 112
LOUD = 0.89  # peaks above are drawn in the colour of risk: within 1 dB of full scale


@dataclasses.dataclass(frozen=True)
class Mark:
    """A remark drawn on the picture, at shares of it as SVG takes them."""

    number: int
    x: str
    y: str
    settled: bool


@dataclasses.dataclass(frozen=True)
class Preview:
    """How to show one version at true size; `kind` chooses the element. `wide` ones take the stage's whole width."""

    version: Version
    kind: str
    url: str
    shape: str
    width: int | None
    height: int | None
    pins: tuple[Pin, ...] = ()

    @property
    def marks(self) -> list[Mark]:
        """The remarks that have a place on the picture."""
        return [Mark(pin.number, f"{pin.x:.2%}", f"{pin.y:.2%}", pin.settled_at is not None) for pin in self.pins if pin.x is not None and pin.y is not None]

    @property
    def wide(self) -> bool:
        """Whether nothing fits beside it."""
        return (self.width or 0) > 480

    @property
    def tall(self) -> bool:
        """Whether two others fit beside it, one under the other."""
        return (self.height or 0) > 400 and self.kind in ("image", "html")

    @property
    def fields(self) -> list[list[str]]:
        """Copy, by field."""
        return self.version.facts.get("fields", [])

    @property
    def sound(self) -> dict[str, object]:
        """Measured sound of a spot or film."""
        return self.version.facts.get("sound") or {}


def of(version: Version, *, at: datetime.datetime, pins: Iterable[Pin] = ()) -> Preview:
    """The preview of `version` with its remarks, its address good for a quarter of an hour."""
    folder, _, entry = version.asset_path.partition("/")
    expires = int((at + FOR).timestamp())
    url = signing.preview_url(writing.signing_keys(), settings.ADSERVER_URL, folder, entry, expires) if entry else ""
    facts = version.facts
    return Preview(version, version.kind, url, shapes.label(version.creative), facts.get("width"), facts.get("height"), tuple(one for one in pins if one.version_id == version.pk))


@dataclasses.dataclass(frozen=True)
class Bar:
    """One bar of a waveform in a box of 448 by 72."""

    x: str
    y: str
    height: str
    loud: bool


def bars(version: Version) -> list[Bar]:
    """The waveform of a spot or film; empty when it cannot be drawn."""
    try:
        peaks = _peaks(version.file.path)
    except UnreadableCreative:
        return []
    made = []
    for number, peak in enumerate(peaks):
        height = max(2.0, peak * 64)
        made.append(Bar(f"{number * 4}", f"{36 - height / 2:.1f}", f"{height:.1f}", peak >= LOUD))
    return made


@functools.lru_cache(maxsize=256)
def _peaks(path: pathlib.Path) -> tuple[float, ...]:
    """Read in the capped child; a path is named by its hash, so what was read once stays true."""
    return tuple(waveform(path, POINTS))

"""What a creative file was found to be: frozen facts, one class a kind of file, nothing judged.
Probes in documents fill them; checks here read them. No file is opened here.
"""

from __future__ import annotations

from makegood.engine.specs.facts.file import FileFacts, Spot, Stretch
from makegood.engine.specs.facts.played import AudioFacts, SoundFacts, VideoFacts
from makegood.engine.specs.facts.read import MediaFile, TextFacts, VastAd, VastFacts
from makegood.engine.specs.facts.seen import BundleFacts, ImageFacts

__all__ = [
    "KINDS", "AudioFacts", "BundleFacts", "Facts", "FileFacts", "ImageFacts", "MediaFile", "SoundFacts", "Spot", "Stretch",
    "TextFacts", "VastAd", "VastFacts", "VideoFacts", "kind_of",
]  # fmt: skip

Facts = ImageFacts | BundleFacts | AudioFacts | VideoFacts | VastFacts | TextFacts

KINDS: dict[str, type[Facts]] = {
    "image": ImageFacts,
    "html5": BundleFacts,
    "audio": AudioFacts,
    "video": VideoFacts,
    "vast": VastFacts,
    "native": TextFacts,
}


def kind_of(facts: Facts) -> str:
    """The format's name: image, html5, audio, video, vast or native."""
    return next(name for name, cls in KINDS.items() if type(facts) is cls)

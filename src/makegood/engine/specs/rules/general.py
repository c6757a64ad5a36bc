"""Rules for every file: its weight, its name, what hides in it.
The last two are always on: they come with the house, not with a profile.
"""

from __future__ import annotations

from collections.abc import Iterator

from makegood.engine.specs.facts import AudioFacts, BundleFacts, Facts, ImageFacts, TextFacts, VastFacts, VideoFacts
from makegood.engine.specs.findings import Fault
from makegood.engine.specs.rules.rule import KB, Rule, fixed, kb, number

EXTENSIONS = {
    "image/png": ("png", "apng"), "image/jpeg": ("jpg", "jpeg", "jpe", "jfif"), "image/gif": ("gif",),
    "image/webp": ("webp",), "application/zip": ("zip", "adz"), "audio/wav": ("wav", "wave"), "audio/mpeg": ("mp3",),
    "audio/ogg": ("ogg", "oga", "opus"), "audio/flac": ("flac",), "audio/aac": ("aac",), "audio/mp4": ("m4a", "mp4"),
    "video/mp4": ("mp4", "m4v"), "video/quicktime": ("mov", "mp4"), "video/webm": ("webm", "mkv"),
    "video/x-msvideo": ("avi",), "application/mxf": ("mxf",), "application/xml": ("xml", "vast", "txt"),
    "application/json": ("json",), "text/plain": ("txt", "text"),
}  # fmt: skip
LIGHTER = {
    "JPEG": "Re-export the JPEG at quality 80",
    "PNG": "Save the PNG with 256 colours, or as JPEG at quality 80",
    "GIF": "Use fewer frames and at most 64 colours in the GIF",
    "WEBP": "Re-export the WebP at quality 75",
}
EVERY = (ImageFacts, BundleFacts, AudioFacts, VideoFacts, VastFacts, TextFacts)


def weight(facts: ImageFacts | AudioFacts | VideoFacts, limit_kb: float) -> Iterator[Fault]:
    """The stored file against its limit in KB of 1,024 bytes."""
    found = facts.file.weight_bytes
    if found <= limit_kb * KB:
        return
    if isinstance(facts, ImageFacts):
        how = LIGHTER.get(facts.encoding, "Re-export the picture")
    elif isinstance(facts, AudioFacts):
        how = f"Export the spot as MP3 at {_rate(limit_kb, facts.duration_s)} kbps"
    else:
        how = f"Export the video at a total of {_rate(limit_kb, facts.duration_s)} kbps"
    yield Fault(kb(found), f"{how}: {kb(found)} must come down to {number(limit_kb)} KB.")


def gzipped(facts: Facts, limit_kb: float) -> Iterator[Fault]:
    """The file as a web server sends it, for sellers who count so."""
    if facts.file.gzipped_bytes > limit_kb * KB:
        found = kb(facts.file.gzipped_bytes)
        yield Fault(f"{found} gzipped", f"Compress it further: {found} must come down to {number(limit_kb)} KB.")


def _rate(limit_kb: float, duration_s: float) -> str:
    exact = limit_kb * KB * 8 / 1000 / max(duration_s, 0.1)
    common = [rate for rate in (64, 96, 128, 160, 192, 256, 320) if rate <= exact]
    return number(int(exact) if exact > 640 or not common else common[-1])


def named(facts: Facts, _: object) -> Iterator[Fault]:
    """The name's ending against the content."""
    ending = facts.file.name.rpartition(".")[2].lower() if "." in facts.file.name else ""
    right = EXTENSIONS.get(facts.file.content_type, ())
    if right and ending not in right:
        said = f"the name ends in .{ending}" if ending else "the name has no ending"
        yield Fault(
            f"{said}, the content is {facts.file.content_type}", f"Rename the file so that it ends in .{right[0]}.",
            facts.file.name,
        )  # fmt: skip


def hidden(facts: Facts, _: object) -> Iterator[Fault]:
    """A second file or a script inside a picture or a sound (a polyglot)."""
    if facts.file.hides_archive:
        yield Fault("an archive is hidden in the file", "Open the artwork and export it afresh.", facts.file.name)
    if facts.file.script_inside:
        yield Fault(
            f"the file contains {facts.file.script_inside!r}",
            "Export it afresh without metadata: script has no place in it.", facts.file.name,
        )  # fmt: skip


RULES = (
    Rule("max_weight_kb", "Weight", lambda v: f"at most {number(v)} KB",
         {ImageFacts: weight, AudioFacts: weight, VideoFacts: weight}),
    Rule("max_gzipped_kb", "Weight as sent", lambda v: f"at most {number(v)} KB gzipped",
         dict.fromkeys((ImageFacts, BundleFacts, VastFacts, TextFacts), gzipped)),
    Rule("file_name", "File name", fixed("a name that fits the content"), dict.fromkeys(EVERY, named)),
    Rule("hidden_content", "Hidden content", fixed("one file, nothing hidden in it"), dict.fromkeys(EVERY, hidden)),
)  # fmt: skip

"""An HTML5 zip's facts, and its safe unpacking into an asset folder.
The only place that decides which page is the entry.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from makegood.documents.creatives.caps import DEFAULT, Caps
from makegood.documents.creatives.html5 import archive, references
from makegood.documents.creatives.html5 import page as pages
from makegood.documents.creatives.kinds import Kind
from makegood.documents.creatives.refusals import UnreadableCreative
from makegood.engine.specs.facts import BundleFacts, FileFacts


@dataclass(frozen=True, slots=True)
class Unpacked:
    """A bundle on disk: its entry page and all files, as paths below the folder, and its declared size."""

    entry: str
    files: tuple[str, ...]
    width: int | None
    height: int | None


def read(path: Path, file: FileFacts, kind: Kind, caps: Caps) -> BundleFacts:
    """Facts of a bundle. Raises UnreadableCreative when the zip is unsafe, damaged or holds no page."""
    files = archive.read_all(path, file.name, caps)
    entry = _entry(files, file.name)
    trail = references.follow(files, entry)
    size = trail.size or (None, None)
    packed = {inside: _gzipped(inside, data) for inside, data in files.items()}
    outside = trail.spots_outside()
    used = set(trail.initial) | trail.mentioned
    initial = sum(packed[inside] for inside in trail.initial)
    return BundleFacts(
        file=file, entry=entry, width=size[0], height=size[1], files=len(files),
        unpacked_bytes=sum(map(len, files.values())), initial_bytes=initial,
        subload_bytes=sum(packed.values()) - initial, initial_requests=len(trail.initial) + len(outside),
        click=trail.clicks[0] if trail.clicks else None, hard_coded_clicks=tuple(trail.hard_clicks),
        outside_requests=outside, insecure=tuple(s for s in outside if s.what.lower().startswith("http:")),
        missing=tuple(trail.missing), unused=tuple(sorted(set(files) - used)),
        apis=tuple(trail.apis), animation_s=trail.animation_s, endless=tuple(trail.endless),
        autoplay_sound=tuple(trail.sounding),
    )  # fmt: skip


def unpack_bundle(path: Path, target: Path, *, caps: Caps = DEFAULT) -> Unpacked:
    """Unpack the bundle at ``path`` below ``target`` (new or empty). Nothing remains there on a refusal."""
    files = archive.read_all(path, path.name, caps)
    entry = _entry(files, path.name)
    width, height = pages.read(references.text_of(files[entry])).size or (None, None)
    archive.write_all(files, target)
    return Unpacked(entry, tuple(sorted(files)), width, height)


def _entry(files: dict[str, bytes], name: str) -> str:
    if "[Content_Types].xml" in files:
        raise UnreadableCreative(
            "This is an Office document, not an HTML5 bundle.", name,
            "Export the artwork as PNG, JPEG or an HTML5 zip.", rule="file.not_taken",
        )  # fmt: skip
    found = [inside for inside in files if inside.lower().endswith((".html", ".htm"))]
    if not found:
        raise UnreadableCreative(
            "The zip holds no HTML page.", name, "Put the ad's page (index.html) at the top of the zip.",
            rule="bundle.no_entry",
        )  # fmt: skip
    top = min(len(PurePosixPath(inside).parts) for inside in found)
    found = [inside for inside in found if len(PurePosixPath(inside).parts) == top]
    if len(found) == 1:
        return found[0]
    return min(
        found, key=lambda inside: (not pages.read(references.text_of(files[inside])).size, _plain(inside), inside)
    )


def _plain(inside: str) -> bool:
    return PurePosixPath(inside).stem.lower() != "index"


def _gzipped(inside: str, data: bytes) -> int:
    return len(zlib.compress(data, 6)) if inside.lower().endswith(references.TEXTS) else len(data)

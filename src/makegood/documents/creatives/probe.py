"""From a file to its facts, by what it contains; one reader a kind of file is called from here.
Runs in this process: for a file from outside use `guarded.probe_guarded`.
"""

from __future__ import annotations

import hashlib
import importlib
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import cast

from makegood.documents.creatives import kinds
from makegood.documents.creatives.caps import DEFAULT, MEGABYTE, Caps
from makegood.documents.creatives.refusals import UnreadableCreative
from makegood.engine.specs.facts import Facts, FileFacts

READERS = {
    "image": "image",
    "html5": "html5.bundle",
    "audio": "audiovisual",
    "video": "audiovisual",
    "vast": "vast_tag.reading",
    "native": "copytext",
}
SCRIPT_MARKS = (b"<script", b"<?php", b"javascript:", b"<svg")


def probe(path: Path, *, name: str, caps: Caps = DEFAULT) -> Facts:
    """Facts about the file at ``path``, called ``name`` by its sender. Raises UnreadableCreative, named."""
    with path.open("rb") as stream:
        head = stream.read(kinds.HEAD_BYTES)
    kind = kinds.recognise(head, where=name)
    weight = path.stat().st_size
    if weight > caps.file_bytes[kind.format]:
        limit = caps.file_bytes[kind.format] // 1024
        raise UnreadableCreative(
            f"The file weighs {weight // 1024:,} KB; nothing above {limit:,} KB is opened as {kind.format}.",
            name, "Send a smaller export.", rule="file.too_large",
        )  # fmt: skip
    file = _describe(path, name, kind, weight)
    read = cast("Callable[[Path, FileFacts, kinds.Kind, Caps], Facts]", _reader(kind.format).read)
    return read(path, file, kind, caps)


def load() -> None:
    """Import every reader now: a process that forks for each file shall not import in each fork."""
    for form in READERS:
        _reader(form)


def _reader(form: str) -> ModuleType:
    return importlib.import_module(f"makegood.documents.creatives.{READERS[form]}")


def _describe(path: Path, name: str, kind: kinds.Kind, weight: int) -> FileFacts:
    digest, packer, packed, script, tail = hashlib.sha256(), zlib.compressobj(6), 0, "", b""
    light = weight <= 25 * MEGABYTE and kind.format not in ("audio", "video")  # these are packed already
    with path.open("rb") as stream:
        while block := stream.read(MEGABYTE):
            digest.update(block)
            if light:
                packed += len(packer.compress(block))
            if kind.format == "image" and not script:
                lowered = (tail + block).lower()
                script = next((mark.decode() for mark in SCRIPT_MARKS if mark in lowered), "")
                tail = block[-16:]
    packed += len(packer.flush())
    return FileFacts(
        name=name,
        sha256=digest.hexdigest(),
        weight_bytes=weight,
        gzipped_bytes=min(weight, packed) if light else weight,
        content_type=kind.content_type,
        hides_archive=kind.encoding != "zip" and weight <= 25 * MEGABYTE and zipfile.is_zipfile(path),
        script_inside=script,
    )

"""Where Parquet lives: a folder or any object storage fsspec has a driver for. Names, writing whole files, manifests.

    events/day=2026-11-28/<segment>.parquet            rollups/<rules>/<table>/day=2026-11-28/<table>.parquet
    manifest/20261128/<segment>.json                   rollups/<rules>/manifest/2026-11-28.json
"""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import os
import pathlib
from typing import Any

import fsspec
import orjson
from fsspec.implementations.local import LocalFileSystem


@dataclasses.dataclass(frozen=True, slots=True)
class Stored:
    """A file as its manifest states it; `path` is below the warehouse."""

    path: str
    rows: int
    size_bytes: int
    sha256: str


class Warehouse:
    """Files below one URL: `/var/lib/…`, `file://…`, `memory://…`, `s3://…`, `gs://…`, `abfs://…`."""

    def __init__(self, url: str) -> None:
        """Raise ValueError when the URL's kind of storage has no driver here."""
        try:
            self.files, self.root = fsspec.core.url_to_fs(url)
        except (ImportError, ValueError) as error:
            raise ValueError(f"the warehouse {url!r} cannot be opened: {error}") from error
        self.local = isinstance(self.files, LocalFileSystem)

    def place(self, path: str) -> str:
        """The path as an engine opens it."""
        return f"{self.root}/{path}" if self.local else str(self.files.unstrip_protocol(f"{self.root}/{path}"))

    def put(self, path: str, content: bytes, rows: int = 0) -> Stored:
        """Write a whole file: readers see the old one or the new one. Raises OSError unless all of it arrived."""
        whole = f"{self.root}/{path}"
        if self.local:
            replace(pathlib.Path(whole), content)
        else:
            self.files.pipe_file(whole, content)
        if (arrived := self.files.info(whole)["size"]) != len(content):
            raise OSError(f"{whole}: {arrived} of {len(content)} bytes arrived")
        return Stored(path, rows, len(content), hashlib.sha256(content).hexdigest())

    def get(self, path: str) -> bytes:
        """The content of a file; raises FileNotFoundError."""
        return bytes(self.files.cat_file(f"{self.root}/{path}"))

    def names(self, folder: str) -> list[str]:
        """Names in a folder, in order; none when there is no such folder."""
        self.files.invalidate_cache()
        try:
            return sorted(str(one).rstrip("/").rsplit("/", 1)[-1] for one in self.files.ls(f"{self.root}/{folder}", detail=False))
        except FileNotFoundError:
            return []

    def note(self, path: str, content: object) -> None:
        """Write a manifest: what it names is complete from then on."""
        self.put(path, orjson.dumps(content, option=orjson.OPT_INDENT_2))

    def noted(self, path: str) -> dict[str, Any] | None:
        """A manifest, None where there is none yet."""
        with contextlib.suppress(FileNotFoundError):
            return dict(orjson.loads(self.get(path)))
        return None

    def wrong(self, stored: Stored) -> str:
        """What is wrong with a stored file: "" when it is there as its manifest says."""
        try:
            content = self.get(stored.path)
        except FileNotFoundError:
            return "it is missing"
        return "" if hashlib.sha256(content).hexdigest() == stored.sha256 else "its content is not what was written"


def replace(path: pathlib.Path, content: bytes) -> None:
    """Write a file of this machine durably: readers see the old one or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    with temporary.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
    handle = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

"""Storing and reading files by content hash. Type checks belong to whoever receives them."""

import contextlib
import datetime
import hashlib
import os
import pathlib
import tempfile
from collections.abc import Iterable, Iterator

from django.conf import settings

from makegood.core.errors import Invalid
from makegood.core.models import Party, Person, StoredFile

CHUNK = 1 << 20


def store(
    pieces: Iterable[bytes], *, name: str, media_type: str, by: Person | None, at: datetime.datetime,
    party: Party | int | None = None, visible_to_client: bool = False, limit: int | None = None,
) -> StoredFile:  # fmt: skip
    """Write the bytes once under their hash and record them. Raises Invalid over `limit` bytes, keeping nothing."""
    folder = pathlib.Path(settings.FILES_FOLDER)
    folder.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    with tempfile.NamedTemporaryFile(dir=folder, delete=False) as draft:
        try:
            for piece in _limited(pieces, name, limit):
                size += len(piece)
                digest.update(piece)
                draft.write(piece)
            draft.flush()
            os.fsync(draft.fileno())
        except BaseException:
            os.unlink(draft.name)
            raise
    record = StoredFile(
        sha256=digest.hexdigest(), name=pathlib.PurePath(name).name[:255], media_type=media_type, size=size, by=by, at=at,
        party_id=getattr(party, "pk", party), visible_to_client=visible_to_client,
    )  # fmt: skip
    record.path.parent.mkdir(exist_ok=True)
    os.replace(draft.name, record.path)
    record.save()
    return record


def store_bytes(content: bytes, *, name: str, media_type: str, by: Person | None, at: datetime.datetime, **more: object) -> StoredFile:
    """`store` for content already in memory."""
    return store([content], name=name, media_type=media_type, by=by, at=at, **more)  # type: ignore[arg-type]


@contextlib.contextmanager
def on_disk(source: pathlib.Path | Iterable[bytes], name: str, *, limit: int | None = None) -> Iterator[pathlib.Path]:
    """What was sent as a file to look into; Invalid when there is none, or while it arrives when it is over `limit` bytes."""
    if isinstance(source, pathlib.Path):
        if not source.is_file():
            raise Invalid("there is no such file.", place=str(source), remedy="Check the path.")
        yield source
        return
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "document"
        with path.open("wb") as stream:
            stream.writelines(_limited(source, name, limit))
        yield path


def chunks(path: pathlib.Path) -> Iterator[bytes]:
    """The bytes of a file, piece by piece."""
    with path.open("rb") as file:
        while block := file.read(CHUNK):
            yield block


def _limited(pieces: Iterable[bytes], name: str, limit: int | None) -> Iterator[bytes]:
    """The pieces, until they are too many: checked while reading, so that a huge upload never fills the disk."""
    size, limit = 0, limit or settings.MAKEGOOD_MAX_UPLOAD
    for piece in pieces:
        size += len(piece)
        if size > limit:
            raise Invalid(f"the file is larger than {limit // 1_000_000} MB.", place=name, remedy="Send a smaller one.")
        yield piece

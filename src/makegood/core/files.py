"""Storing and reading files by content hash. Type checks belong to whoever receives them."""

import datetime
import hashlib
import os
import pathlib
import tempfile
from collections.abc import Iterable

from django.conf import settings

from makegood.core.errors import Invalid
from makegood.core.models import Party, Person, StoredFile


def store(
    chunks: Iterable[bytes], *, name: str, media_type: str, by: Person | None, at: datetime.datetime,
    party: Party | int | None = None, visible_to_client: bool = False, limit: int | None = None,
) -> StoredFile:  # fmt: skip
    """Write the bytes once under their hash and record them. Raises Invalid over `limit` bytes, keeping nothing."""
    folder = pathlib.Path(settings.FILES_FOLDER)
    folder.mkdir(parents=True, exist_ok=True)
    limit = limit or settings.MAKEGOOD_MAX_UPLOAD
    digest, size = hashlib.sha256(), 0
    with tempfile.NamedTemporaryFile(dir=folder, delete=False) as draft:
        try:
            for chunk in chunks:
                size += len(chunk)
                if size > limit:  # checked while reading, so that a huge upload never fills the disk
                    raise Invalid(f"the file is larger than {limit // 1_000_000} MB.", place=name, remedy="Send a smaller one.")
                digest.update(chunk)
                draft.write(chunk)
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

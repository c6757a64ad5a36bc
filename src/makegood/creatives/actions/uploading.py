"""Receiving large or many files in pieces: begun, appended to where it stopped, told by content when whole, taken when matched."""

import dataclasses
import datetime
import os
import pathlib
import secrets
from collections.abc import Iterable

from django.conf import settings

from makegood.accounts.models import Account
from makegood.core import permissions, verbs
from makegood.core.errors import Invalid, Refused
from makegood.core.models import Person
from makegood.creatives import shapes
from makegood.creatives.actions import receiving
from makegood.creatives.models import Creative, Upload, Version
from makegood.documents.creatives import UnreadableCreative, probe_guarded

MOST, KEPT = 50, datetime.timedelta(days=2)


@verbs.whole
def begin(name: str, size: int, advertiser: Account, root: tuple[str, int] | None, *, by: Person, at: datetime.datetime) -> Upload:
    """The upload of a file of that name and size, new or where it stopped. At most 50 unfinished ones a person and campaign."""
    permissions.check(by, "creatives.upload", advertiser)
    kind, pk = root or ("", None)
    if not name.strip() or not 0 < size <= settings.MAKEGOOD_MAX_UPLOAD:
        raise Invalid(f"{size:,} bytes cannot be taken.", place=name[:80] or "file", remedy=f"Send up to {settings.MAKEGOOD_MAX_UPLOAD // 1_000_000} MB.")
    mine = Upload.objects.select_for_update().filter(by=by, advertiser=advertiser, root_type=kind, root_id=pk, version=None)
    found = mine.filter(name=name[:255], size=size).first()
    if found:
        return found
    if mine.count() >= MOST:
        raise Invalid(f"{MOST} files wait already.", place=name[:80], remedy="Take or drop those first.")
    return Upload.objects.create(by=by, advertiser=advertiser, root_type=kind, root_id=pk, name=name[:255], size=size, token=secrets.token_hex(16), at=at)


@verbs.whole
def append(upload: Upload, offset: int, piece: bytes, *, by: Person) -> Upload:
    """The next piece, durable before it is acknowledged. A piece that was received already changes nothing; a gap is refused."""
    permissions.check(by, "creatives.upload", upload)
    locked = Upload.objects.select_for_update().get(pk=upload.pk)
    fresh = piece[max(locked.received - offset, 0) :]
    if not 0 <= offset <= locked.received or locked.received + len(fresh) > locked.size:
        raise Refused(f"{locked.received:,} of {locked.size:,} bytes are here, the piece begins at {offset:,}.", place=locked.name, remedy="Go on from what is here.")
    if fresh:
        _write(path(locked), locked.received, fresh)
        locked.received += len(fresh)
        if locked.whole:
            _told(locked)
        locked.save(update_fields=["received", "shape", "refusal"])
    return locked


def take(upload: Upload, creative: Creative | receiving.NewCreative, *, by: Person, at: datetime.datetime) -> Version:
    """The whole file as the next version of `creative`; its pieces are gone afterwards."""
    permissions.check(by, "creatives.upload", upload)
    if not upload.whole or upload.version_id:
        raise Refused("it is not whole, or was taken already.", place=upload.name, remedy="Send the rest first.")
    version = receiving.receive(path(upload), name=upload.name, creative=creative, by=by, at=at)
    Upload.objects.filter(pk=upload.pk).update(version=version)
    path(upload).unlink(missing_ok=True)
    return version


@verbs.whole
def drop(uploads: Iterable[Upload], *, by: Person | None) -> int:
    """Forget files that were not taken; how many."""
    gone = list(uploads)
    for one in gone:
        permissions.check(by, "creatives.upload", one)
        path(one).unlink(missing_ok=True)
    return Upload.objects.filter(pk__in=[one.pk for one in gone], version=None).delete()[0]


def clean(*, at: datetime.datetime) -> int:
    """Forget what nobody went on with for two days."""
    return drop(Upload.objects.filter(version=None, at__lt=at - KEPT), by=None)


def path(upload: Upload) -> pathlib.Path:
    """Where its pieces are gathered."""
    return pathlib.Path(settings.FILES_FOLDER) / ".uploads" / upload.token


def _write(place: pathlib.Path, offset: int, piece: bytes) -> None:
    """What lies beyond `offset` was never acknowledged and is written over."""
    place.parent.mkdir(parents=True, exist_ok=True)
    with open(os.open(place, os.O_RDWR | os.O_CREAT, 0o600), "r+b") as file:
        file.truncate(offset)
        file.seek(offset)
        file.write(piece)
        file.flush()
        os.fsync(file.fileno())


def _told(upload: Upload) -> None:
    """Its shape by content, or why it cannot be taken."""
    try:
        shape = shapes.of(probe_guarded(path(upload), upload.name))
        upload.shape = {name: None if value is None else str(value) if name == "format" else float(value) for name, value in dataclasses.asdict(shape).items()}
    except UnreadableCreative as refusal:
        upload.refusal = f"{refusal.reason} {refusal.remedy}"

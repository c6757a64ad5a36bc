"""A zip opened with caps: counted, measured and read to memory or to a folder, never trusted.
Refuses bombs, slips, links, passwords and archives inside the archive before anything is unpacked.
"""

from __future__ import annotations

import shutil
import stat
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from makegood.documents.creatives.caps import Caps
from makegood.documents.creatives.refusals import UnreadableCreative

NESTED = (".zip", ".adz", ".rar", ".7z", ".gz", ".tgz", ".bz2", ".xz", ".tar", ".jar")
NESTED_MAGIC = (b"PK\x03\x04", b"PK\x05\x06", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh9", b"\xfd7zXZ")
LITTER = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")
SUSPECT = set('\\:*?"<>|')


def read_all(path: Path, name: str, caps: Caps) -> dict[str, bytes]:
    """Every file of the bundle by its path inside. Raises UnreadableCreative, named, naming the member."""
    try:
        with zipfile.ZipFile(path) as bundle:
            members = _admit(bundle.infolist(), name, caps)
            return _read(bundle, members, name, caps)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as damage:
        raise UnreadableCreative(
            f"The zip cannot be read ({damage}).", name,
            "It was cut short or damaged on the way: pack and upload it again.", rule="archive.damaged",
        ) from damage  # fmt: skip


def write_all(files: dict[str, bytes], target: Path) -> None:
    """Write the files below ``target``, which must be new or empty; on failure nothing is left behind."""
    if target.exists() and any(target.iterdir()):
        raise FileExistsError(f"{target} is not empty; unpack each bundle into a folder of its own")
    root = target.resolve()
    try:
        for inside, data in files.items():
            place = (root / inside).resolve()
            if not place.is_relative_to(root):
                raise _refuse("slip", "A path leads out of the bundle.", inside, "Use plain relative names.")
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)
    except BaseException:
        shutil.rmtree(root, ignore_errors=True)
        raise


def _admit(members: list[zipfile.ZipInfo], name: str, caps: Caps) -> list[zipfile.ZipInfo]:
    files = [m for m in members if not m.is_dir() and not m.filename.startswith(LITTER[0])
             and PurePosixPath(m.filename).name not in LITTER]  # fmt: skip
    if len(members) > caps.archive_files * 2 or len(files) > caps.archive_files:
        raise _refuse("too_many_files", f"The zip holds {len(files):,} files; the limit is {caps.archive_files}.",
                      name, "Leave out what the ad does not use and combine small images.")  # fmt: skip
    if sum(m.file_size for m in files) > caps.archive_bytes:
        raise _bomb(name, caps)
    seen: set[str] = set()
    for member in members:
        _admit_name(member, name)
    for member in files:
        where = f"{name}: {member.filename}"
        if member.flag_bits & 0x1:
            raise _refuse("encrypted", "The zip is locked with a password.", where, "Pack it without a password.")
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise _refuse("compression", "The zip uses an unusual compression.", where, "Pack it as an ordinary zip.")
        if member.filename.lower().endswith(NESTED):
            raise _nested(where)
        if member.filename.lower() in seen:
            raise _refuse("duplicate", "Two files have the same name.", where, "Give each file its own name.")
        seen.add(member.filename.lower())
        if member.file_size > caps.archive_ratio_floor and (
            member.file_size > caps.archive_ratio * max(1, member.compress_size)
        ):
            raise _bomb(where, caps)
    return files


def _admit_name(member: zipfile.ZipInfo, name: str) -> None:
    inside = member.filename
    parts = PurePosixPath(inside).parts
    where = f"{name}: {inside[:120]!r}"
    if (
        inside.startswith("/")
        or ".." in parts
        or SUSPECT & set(inside)
        or not inside.isprintable()
        or len(inside) > 240
    ):
        raise _refuse("slip", "A path leads out of the bundle or has signs that no web address takes.", where,
                      "Use plain relative names: letters, digits, dots, dashes and slashes.")  # fmt: skip
    mode = member.external_attr >> 16
    if mode and stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise _refuse("link", "The zip holds a link instead of a file.", where, "Put the file itself into the zip.")


def _read(bundle: zipfile.ZipFile, members: list[zipfile.ZipInfo], name: str, caps: Caps) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    room = caps.archive_bytes
    for member in members:
        with bundle.open(member) as stream:
            # Sizes in the directory may lie: what really comes out is counted.
            data = stream.read(room + 1)
        if len(data) > room:
            raise _bomb(f"{name}: {member.filename}", caps)
        if data.startswith(NESTED_MAGIC):
            raise _nested(f"{name}: {member.filename}")
        room -= len(data)
        files[member.filename] = data
    return files


def _nested(where: str) -> UnreadableCreative:
    return _refuse("nested", "The zip holds another archive.", where, "Unpack it and zip its files directly.")


def _bomb(where: str, caps: Caps) -> UnreadableCreative:
    return _refuse("bomb", f"Unpacked, this zip would exceed {caps.archive_bytes >> 20} MB or swells more than "
                   f"{caps.archive_ratio}-fold.", where, "Send only the files the ad uses.")  # fmt: skip


def _refuse(what: str, reason: str, where: str, remedy: str) -> UnreadableCreative:
    return UnreadableCreative(reason, where, remedy, rule=f"archive.{what}")

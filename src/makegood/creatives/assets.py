"""Laying a version's bytes out for the ad server: one folder per hash, single files copied, bundles unpacked.

Apart from actions because it touches files only. What may be served is decided by the plan, not by what lies here.
"""

import hashlib
import pathlib
import shutil
import tempfile
import zipfile

from django.conf import settings

from makegood.core.models import StoredFile
from makegood.documents.creatives import kinds, unpack_bundle
from makegood.engine.specs import Facts
from makegood.engine.specs.facts import BundleFacts

ENDINGS = {kind.content_type: kind.extensions[0] for kind in vars(kinds).values() if isinstance(kind, kinds.Kind)}


def lay_out(stored: StoredFile, facts: Facts) -> str:
    """Put the file below ASSETS_FOLDER/<sha256>/ and return its entry, '<sha256>/creative.png'. Twice does nothing."""
    root = pathlib.Path(settings.ASSETS_FOLDER)
    entry = facts.entry if isinstance(facts, BundleFacts) else f"creative.{ENDINGS[facts.file.content_type]}"
    final = root / stored.sha256
    if not (final / entry).is_file():
        root.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=root, prefix=".laying-") as draft:
            folder = pathlib.Path(draft) / "files"
            if isinstance(facts, BundleFacts):
                unpack_bundle(stored.path, folder)
            else:
                folder.mkdir()
                shutil.copyfile(stored.path, folder / entry)
            folder.chmod(0o755)
            if not final.exists():
                folder.rename(final)  # whole or not at all: the ad server may be reading
    return f"{stored.sha256}/{entry}"


def altered(sha256: str, asset_path: str, stored: StoredFile) -> str:
    """What differs from the received bytes, '' when nothing: the stored file's hash, then each file laid out."""
    if not stored.path.is_file():
        return "the received file is missing"
    if _hash(stored.path) != sha256:
        return "the received file has changed"
    folder = pathlib.Path(settings.ASSETS_FOLDER) / sha256
    entry = pathlib.Path(settings.ASSETS_FOLDER) / asset_path
    if not entry.is_file():
        return "the ad server's copy is missing"
    if entry.name.startswith("creative.") and entry.suffix != ".html":
        return "" if _hash(entry) == sha256 else "the ad server's copy has changed"
    with zipfile.ZipFile(stored.path) as bundle:
        for path in sorted(file for file in folder.rglob("*") if file.is_file()):
            inside = path.relative_to(folder).as_posix()
            if inside not in bundle.namelist() or bundle.read(inside) != path.read_bytes():
                return f"the ad server's copy of {inside} has changed"
    return ""


def discard(stored: StoredFile) -> None:
    """Forget a file nothing was made of, and its bytes unless another record has the same."""
    path = stored.path
    stored.delete()
    if not StoredFile.objects.filter(sha256=stored.sha256).exists():
        path.unlink(missing_ok=True)


def _hash(path: pathlib.Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

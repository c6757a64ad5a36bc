"""Broken files of every type: each is read, or refused with place and remedy; nothing else ever comes out."""
import io
import pathlib
import random
import zipfile

import pytest

from makegood.documents import orders
from tests.documents.orders import papers
from tests.documents.orders.family import layouts

CELLS = [["Client", "Harbour Bank"], ["Order #", "IO-77"], ["Flight", "03/02/2026 - 03/29/2026"], [],
         ["Placement", "Start", "End", "Impressions", "CPM", "Cost"], ["Home", "03/02/2026", "03/29/2026", 100000, 5, 500]]
KINDS = ("pdf", "xlsx", "members", "csv")


def sound(kind: str, folder: pathlib.Path) -> bytes:
    """A file that can be read."""
    if kind == "pdf":
        return layouts.pdf(folder / "sound.pdf", layouts.layouts()[0]).read_bytes()
    if kind == "csv":
        return "\n".join(",".join(str(cell) for cell in row) for row in CELLS).encode()
    return papers.workbook(folder / "sound.xlsx", CELLS).read_bytes()


def broken(content: bytes, chance: random.Random) -> bytes:
    """The bytes cut off, with a piece missing, with wrong bytes, or with a piece twice."""
    where = chance.randrange(len(content))
    how = chance.randrange(4)
    if how == 0:
        return content[:where]
    if how == 1:
        return content[:where] + content[where + chance.randrange(1, 400):]
    if how == 2:
        spoilt = bytearray(content)
        for _ in range(chance.choice([1, 5, 50])):
            spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
        return bytes(spoilt)
    return content[:where] + content[max(0, where - 300):where] + content[where:]


def broken_inside(content: bytes, chance: random.Random) -> bytes:
    """A workbook whose archive is sound and one of whose members is broken."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        victim = chance.choice([name for name in old.namelist() if name.endswith((".xml", ".rels"))])
        for name in old.namelist():
            new.writestr(name, broken(old.read(name), chance) if name == victim else old.read(name))
    return stream.getvalue()


def read_or_refused(kind: str, seeds: range, folder: pathlib.Path) -> None:
    """Each broken file is a document or a refusal that names the file and says what to do."""
    content = sound(kind, folder)
    path = folder / "order.bin"
    for seed in seeds:
        chance = random.Random(seed)
        path.write_bytes(broken_inside(content, chance) if kind == "members" else broken(content, chance))
        try:
            document = orders.read(path)
        except orders.UnreadableDocument as refusal:
            assert refusal.place.startswith(path.name) and refusal.reason and refusal.remedy, seed
        else:
            assert isinstance(document.to_json(), dict), seed


@pytest.mark.parametrize("kind", KINDS)
def test_broken_files(kind: str, tmp_path: pathlib.Path) -> None:
    read_or_refused(kind, range(25), tmp_path)


@pytest.mark.nightly
@pytest.mark.parametrize("kind", KINDS)
def test_many_broken_files(kind: str, tmp_path: pathlib.Path) -> None:
    read_or_refused(kind, range(25, 1500), tmp_path)

"""The demo's creative files: drawn once each, probed once in the guarded child, handed to every campaign that runs them."""

import concurrent.futures
import dataclasses
import hashlib
import multiprocessing
import pathlib
from collections.abc import Iterable

from makegood.catalog.models import Placement
from makegood.documents.creatives import probe_guarded, samples
from makegood.documents.creatives.samples import apart
from makegood.engine.specs import Facts
from makegood.workflows.demo.companies import ADVERTISERS, domain

BRANDS = {
    name: samples.Brand(name, headline=headline, button=button, colour=colour) for name, _, _, _, _, colour, headline, button in ADVERTISERS
}
HOUSE = samples.Brand("Northlight", headline="A sound bed and a film shared by all demo campaigns", colour="#0a6a7b")


@dataclasses.dataclass(frozen=True, order=True)
class Piece:
    """One file: whose, what shape ("300x250", "audio 30", "video 15", "native"), which draft, with which planted fault."""

    advertiser: str
    shape: str
    draft: int = 1
    fault: str = ""

    @property
    def name(self) -> str:
        """What the sender calls it."""
        kind = self.shape.split()[0]
        ending = {"audio": "mp3", "video": "mp4", "native": "json"}.get(kind, "png")
        return f"{domain(self.advertiser).split('.')[0]}-{self.shape.replace(' ', '-')}-v{self.draft}.{ending}"


def shape(place: Placement) -> str:
    """The shape a placement takes."""
    if place.format == "display":
        return f"{place.width}x{place.height}"
    return f"{place.format} {place.duration_s}" if place.duration_s else place.format


class Artwork:
    """Files below `folder`, drawn and probed in the background; whoever asks for one waits for that one only.

    What takes seconds to draw or might be hostile to read is done in processes of their own, on another core.
    """

    def __init__(self, folder: pathlib.Path) -> None:
        self.folder = folder
        self._pool = concurrent.futures.ThreadPoolExecutor(2)
        self._drawing = concurrent.futures.ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn"))
        self._made: dict[Piece, concurrent.futures.Future[pathlib.Path]] = {}
        self._facts: dict[str, Facts] = {}

    def prepare(self, pieces: Iterable[Piece]) -> None:
        """Begin to draw and probe them, in the order given."""
        for piece in map(_shared, pieces):
            if piece not in self._made:
                self._made[piece] = self._pool.submit(self._make, piece)

    def path(self, piece: Piece) -> pathlib.Path:
        """The file of a piece."""
        self.prepare([piece])
        return self._made[_shared(piece)].result()

    def close(self) -> None:
        """Stop what is still being made."""
        self._pool.shutdown(cancel_futures=True)
        self._drawing.shutdown(cancel_futures=True)

    def _make(self, piece: Piece) -> pathlib.Path:
        path = draw(piece, self.folder / f"{piece.fault}{piece.name}", self._drawing)
        self.probe(path, piece.name)
        return path

    def probe(self, path: pathlib.Path, name: str, **limits: int) -> Facts:
        """`probe_guarded`, remembered by content: thirty campaigns with one sound bed ask once."""
        key = f"{path.name if len(path.name) == 64 else _digest(path)}"
        if key not in self._facts:
            self._facts[key] = probe_guarded(path, name, **limits)
        facts = self._facts[key]
        return dataclasses.replace(facts, file=dataclasses.replace(facts.file, name=name))


def draw(piece: Piece, target: pathlib.Path, elsewhere: concurrent.futures.Executor) -> pathlib.Path:
    """Draw one file, on another core."""
    brand, fault = BRANDS.get(piece.advertiser, HOUSE), piece.fault or None
    kind, _, length = piece.shape.partition(" ")
    if kind == "audio":
        return apart.draw("spot", target, seconds=float(length), seed=1, fault=fault)
    if kind == "video":
        return apart.draw("film", target, brand, seconds=float(length), fault=fault)
    if kind == "native":
        return elsewhere.submit(samples.native, target, brand, url=f"https://{domain(piece.advertiser)}/offer", fault=fault).result()
    return elsewhere.submit(samples.banner, target, brand, size=piece.shape, seed=piece.draft, fault=fault).result()


def _shared(piece: Piece) -> Piece:
    """Sound and film are the same for every advertiser: they are the dear ones to make."""
    return dataclasses.replace(piece, advertiser="Northlight", draft=1) if piece.shape.split()[0] in ("audio", "video") else piece


def _digest(path: pathlib.Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

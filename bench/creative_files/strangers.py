"""Files that are no creative at all, or one that broke on the way."""
import random
from collections.abc import Callable, Iterator
from pathlib import Path

from PIL import Image

from bench.creative_files.case import BRANDS, Case
from bench.creative_files.pictures import bytes_of
from makegood.documents.creatives import samples

UNIT = "display-300x250"


def cases(chance: random.Random) -> Iterator[Case]:
    """All of them are refused by name."""
    for name, data, rule in (
        ("empty.png", b"", "file.empty"), ("brochure.pdf", b"%PDF-1.7\n" + bytes(99), "file.not_taken"), ("layers.psd", b"8BPS\0\1", "file.not_taken"),
        ("print.eps", b"%!PS-Adobe-3.0", "file.not_taken"), ("old.bmp", b"BM" + bytes(99), "file.not_taken"), ("scan.tif", b"II*\0" + bytes(99), "file.not_taken"),
        ("more.rar", b"Rar!\x1a\7" + bytes(99), "file.not_taken"), ("more.7z", b"7z\xbc\xaf\x27\x1c", "file.not_taken"), ("more.gz", b"\x1f\x8b\x08" + bytes(99), "file.not_taken"),
        ("run.png", b"\x7fELF" + bytes(99), "file.not_taken"), ("setup.exe", b"MZ" + bytes(99), "file.not_taken"), ("banner.swf", b"CWS\x0a" + bytes(99), "file.not_taken"),
        ("film.flv", b"FLV\x01" + bytes(99), "file.not_taken"), ("film.wmv", b"\x30\x26\xb2\x75\x8e\x66" + bytes(99), "file.not_taken"),
        ("photo.heic", b"\0\0\0\x18ftypheic" + bytes(99), "file.not_taken"), ("logo.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>a()</script></svg>', "file.svg"),
        ("tag.html", b"<!DOCTYPE html><html></html>", "file.lone_html"), ("tag.txt", b'<script src="https://a.example/t.js"></script>', "file.lone_html"),
        ("noise.bin", bytes(chance.randrange(1, 9) for _ in range(500)), "file.unknown_type"), ("words.mp4", b"no film at all, only words", "file.unknown_type"),
    ):  # fmt: skip
        yield Case(name, UNIT, lambda path, data=data: path.write_bytes(data), rule, name)
    for ending in ("png", "jpg", "gif"):
        yield Case(f"cut.{ending}", UNIT, half(chance, ending), "image.damaged", f"cut.{ending}")
    yield Case("flood.png", UNIT, flood, "image.too_many_pixels", "flood.png")
    yield Case("much.png", UNIT, lambda path: path.write_bytes(bytes_of(chance, "300x250") + bytes(26 << 20)), "file.too_large", "much.png")


def half(chance: random.Random, ending: str) -> Callable[[Path], object]:
    """A banner without its second half."""
    brand = chance.choice(BRANDS)

    def write(path: Path) -> None:
        samples.banner(path, brand)
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])

    return write


def flood(path: Path) -> None:
    """A small file of 400 million pixels."""
    Image.new("1", (20_000, 20_000)).save(path, "PNG")

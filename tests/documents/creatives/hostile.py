"""Hostile files by seed: good ones damaged, disguised, merged, and made to swell, nest, slip or flood.
Only bytes; nothing here reads them.
"""

import io
import random
import stat
import struct
import zipfile
import zlib

from makegood.documents.creatives import samples

from . import making

NAMES = ("ad.png", "ad.jpg", "ad.gif", "ad.zip", "ad.mp3", "ad.wav", "ad.mp4", "ad.xml", "ad.json", "ad", "ad.exe", "AD.PNG.zip")


def good_files(folder):
    """One good file of each kind, as bytes."""
    tag = {"media_url": "https://cdn.example/a.mp4", "click_url": "https://halden.example/"}
    paths = [
        samples.banner(folder / "a.png", making.BRAND), samples.banner(folder / "a.jpg", making.BRAND),
        samples.banner(folder / "a.gif", making.BRAND), samples.bundle(folder / "a.zip", making.BRAND),
        samples.spot(folder / "a.mp3", seconds=1), samples.spot(folder / "a.wav", seconds=0.5),
        samples.film(folder / "a.mp4", making.BRAND, seconds=0.5, size="160x90", kbps=200),
        samples.vast(folder / "a.xml", making.BRAND, **tag), samples.native(folder / "a.json", making.BRAND, url="https://a.example"),
    ]  # fmt: skip
    return [path.read_bytes() for path in paths]


def files(good, seed, count):
    """`count` pairs of a name and bytes."""
    chance = random.Random(seed)
    ways = (*(damaged,) * 6, merged, archive, archive, flood, script)
    for _ in range(count):
        yield chance.choice(NAMES), chance.choice(ways)(good, chance)


def damaged(good, chance):
    """Cut, flipped, a piece out, a piece twice; sometimes more than once."""
    data = bytearray(chance.choice(good))
    for _ in range(chance.choice((1, 1, 1, 2, 4))):
        how, place = chance.randrange(5), chance.randrange(len(data) or 1)
        if how == 0:
            del data[max(1, place) :]
        elif how == 1:
            for _ in range(chance.randrange(1, 30)):
                data[chance.randrange(len(data))] = chance.randrange(256)
        elif how == 2:
            del data[place : place + chance.randrange(1, 400)]
        elif how == 3:
            data[place:place] = data[: chance.randrange(1, 4000)]
        else:  # lengths and counts in headers are what readers trust
            data[place : place + 4] = chance.choice((b"\xff\xff\xff\xff", b"\0\0\0\0", b"\x7f\xff\xff\xff", b"\x80\0\0\0"))
        data = data or bytearray(b"\0")
    return bytes(data)


def merged(good, chance):
    """Two files in one: a polyglot."""
    first, second = chance.sample(good, 2)
    place = chance.choice((len(first), len(first) // 2, 8))
    return first[:place] + second + first[place:]


def archive(good, chance):
    """A zip that nests, slips, links, swells, lies or is locked."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("index.html", making.PAGE)
        how = chance.randrange(7)
        if how == 0:
            inner = out.getvalue() + b"PK\5\6" + bytes(18)
            for _ in range(chance.randrange(1, 30)):
                inner = zipped(chance.choice(("a.zip", "a.png", "b/a.bin")), inner)
            packed.writestr(chance.choice(("a.zip", "a.png")), inner)
        elif how == 1:
            packed.writestr(chance.choice(("../a", "/etc/a", "C:/a", "a/../../b", "a\\..\\b", "a\0b", "x" * 300, "\u202egnp.js")), b"x")
        elif how == 2:
            link = zipfile.ZipInfo("a.png")
            link.external_attr = (chance.choice((stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR)) | 0o777) << 16
            packed.writestr(link, "/etc/passwd")
        elif how == 3:
            packed.writestr("a.js", b"\0" * (chance.randrange(1, 90) << 20))
        elif how == 4:
            for number in range(chance.randrange(50, 400)):
                packed.writestr(f"f{number}.txt", b"x")
        elif how == 5:
            packed.writestr("style.css", b"a{" * chance.randrange(1, 50_000))
        else:
            packed.writestr("deep.html", b"<div>" * chance.randrange(1, 60_000))
    data = bytearray(out.getvalue())
    if chance.random() < 0.3:
        place = chance.choice([one for one in range(len(data) - 30) if data[one : one + 4] in (b"PK\3\4", b"PK\1\2")])
        data[place + 6 + chance.randrange(24)] = chance.randrange(256)
    return bytes(data)


def zipped(name, data):
    """One file in a zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(name, data)
    return out.getvalue()


def flood(good, chance):
    """A small picture that claims to be, or is, very large."""
    width, height = chance.randrange(1, 60_000), chance.randrange(1, 60_000)
    how = chance.randrange(4)
    if how == 0:
        rows = zlib.compress(bytes(min(width * height // 8, 30 << 20)), 9)
        return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    if how == 1:
        frame = b"\x2c\0\0\0\0" + struct.pack("<HH", width, height) + b"\0\2\2\x4c\1\0"
        return b"GIF89a" + struct.pack("<HH", width, height) + b"\x80\0\0" + bytes(6) + frame * chance.randrange(1, 3000) + b"\x3b"
    if how == 2:
        data = bytearray(good[1])
        place = data.find(b"\xff\xc0")
        data[place + 5 : place + 9] = struct.pack(">HH", height, width)
        return bytes(data)
    return b"RIFF\x40\0\0\0WEBPVP8X\x0a\0\0\0" + bytes(4) + width.to_bytes(3, "little") + height.to_bytes(3, "little") + bytes(40)


def chunk(kind, data):
    """A PNG chunk."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def script(good, chance):
    """Script in a picture, a page or a program instead of an ad, or noise behind a known beginning."""
    how = chance.randrange(4)
    if how == 0:
        return b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>' + b"a" * chance.randrange(5000) + b"</script></svg>"
    if how == 1:
        return chance.choice(good) + b"<script>fetch('https://x.example')</script>"
    if how == 2:
        return b"<!DOCTYPE html>" + b"<iframe>" * chance.randrange(1, 20_000)
    heads = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"GIF89a", b"PK\3\4", b"ID3\4\0\0", b"OggS\0\2", b"fLaC\0\0\0\x22", b"RIFF\xff\xff\xff\xffWAVEfmt ",
             b"\0\0\0\x18ftypisom", b"\x1a\x45\xdf\xa3", b"\xff\xfb\x90\0", b"\x06\x0e\x2b\x34\x02\x05\x01\x01", b"RIFF\0\0\0\0AVI ", b"<VAST", b'{"')  # fmt: skip
    return chance.choice(heads) + chance.randbytes(chance.randrange(1, 20_000))

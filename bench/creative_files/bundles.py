"""HTML5 zips: every unit, whole, and with each fault the static part can see."""
import io
import random
import stat
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from bench.creative_files.case import BRANDS, Case, demands
from makegood.documents.creatives import samples
from makegood.documents.creatives.samples.bundle import packed

UNIT = "display-300x250"
APIS = {"document.cookie": 'document.cookie = "a=1";', "localStorage": 'localStorage.setItem("a", 1);', "eval": 'eval("1");',
        "sessionStorage": "sessionStorage.clear();", "indexedDB": 'indexedDB.open("a");', "document.write": 'document.write("a");',
        "alert": 'alert("a");', "top window": "top.location = clickTag;", "geolocation": "navigator.geolocation.watchPosition(f);",
        "camera or microphone": "navigator.mediaDevices.getUserMedia({});", "service worker": 'navigator.serviceWorker.register("a.js");',
        "notification": "Notification.requestPermission();", "network call": 'fetch("data.json");'}  # fmt: skip
Change = Callable[[dict[str, bytes]], object]


def cases(chance: random.Random) -> Iterator[Case]:
    """Good ones first, then one fault each."""
    for size in ("970x250", "970x90", "728x90", "300x250", "160x600", "300x1050", "300x600", "320x50"):
        for number in range(5):
            yield Case(f"{size}-{number}.zip", f"display-{size}", whole(chance, size))
    yield Case("in-a-folder.zip", UNIT, changed(chance, lambda f: moved(f, "ad/")))
    yield Case("exit.zip", UNIT, changed(chance, lambda f: f.update({"ad.js": b"document.body.onclick = function () { Enabler.exit('go'); };"})))
    yield Case("names-a-landing-page.zip", UNIT, changed(chance, script(b'\nvar clickTAG = "https://halden.example/boots";\n')))
    yield Case("svg-names.zip", UNIT, changed(chance, script(b'\nvar ns = "http://www.w3.org/2000/svg";\n')))
    for fault, rule, where in (("wrong_size", "sizes", "index.html"), ("missing_clicktag", "click_tag", "index.html"),
                               ("outside_request", "self_contained", "index.html:8"), ("endless", "max_animation_s", "style.css:"),
                               ("missing_file", "complete", "index.html:"), ("cookies", "blocked_apis", "ad.js:5")):  # fmt: skip
        yield Case(f"{fault}.zip", UNIT, whole(chance, "300x250", fault), rule, where)
    yield Case("no-size.zip", UNIT, changed(chance, edit("index.html", b"ad.size", b"ad.seize")), "sizes", "index.html")
    yield Case("fluid.zip", UNIT, changed(chance, edit("index.html", b"width=300,height=250", b"width=100%,height=250")), "sizes", "index.html")
    yield Case("heavy-start.zip", UNIT, changed(chance, lambda f: f.update({"background.jpg": noise(chance, 180)})), "max_initial_kb", "index.html")
    yield Case("heavy-later.zip", UNIT, changed(chance, later(chance, 340)), "max_subload_kb", "index.html")
    yield Case("heavy-zip.zip", UNIT, changed(chance, later(chance, 9900)), "max_zip_kb", "index.html", ("max_subload_kb",))
    yield Case("many-files.zip", demands("max_files", 20), changed(chance, requests(chance.randint(17, 30))), "max_files", "index.html")
    yield Case("many-requests.zip", UNIT, changed(chance, requests(chance.randint(11, 20))), "max_requests", "index.html")
    yield Case("unused.zip", UNIT, changed(chance, lambda f: f.update({"old.psd.txt": b"x" * 50})), "no_unused_files", "zip")
    yield Case("deep.zip", UNIT, changed(chance, lambda f: moved(f, "export/final/")), "entry_at_top", "export/final/index.html")
    yield Case("insecure.zip", UNIT, changed(chance, script(b'\nvar img = "http://cdn.example/a.png";\n')), "https", "ad.js:", ("self_contained",))
    yield Case("fixed-click.zip", UNIT, changed(chance, script(b'\nwindow.open("https://halden.example/");\n')), "click_tag", "ad.js:")
    yield Case("linked-click.zip", UNIT, changed(chance, edit("index.html", b"<p id", b'<a href="https://halden.example/">x</a><p id')), "click_tag", "index.html:")
    yield Case("loud.zip", UNIT, changed(chance, sounding), "muted", "index.html:")
    yield Case("long-css.zip", UNIT, changed(chance, edit("style.css", b"2.5s", b"9s")), "max_animation_s", "index.html")
    yield Case("repeats.zip", UNIT, changed(chance, script(b"\ntimeline({repeat: -1});\n")), "max_animation_s", "ad.js:")
    for name, line in APIS.items():
        yield Case(f"api-{name.replace(' ', '-')}.zip", UNIT, changed(chance, script(b"\n" + line.encode() + b"\n")), "blocked_apis", "ad.js:")
    yield from unsafe(chance)


def unsafe(chance: random.Random) -> Iterator[Case]:
    """Archives that are not opened."""
    yield Case("nested.zip", UNIT, changed(chance, lambda f: f.update({"more.zip": packed({"a.txt": b"a"})})), "archive.nested", "more.zip")
    yield Case("nested-unnamed.zip", UNIT, changed(chance, lambda f: f.update({"more.bin": packed({"a.txt": b"a"})})), "archive.nested", "more.bin")
    yield Case("slip.zip", UNIT, changed(chance, lambda f: f.update({"../../evil.js": b"1"})), "archive.slip", "evil.js")
    yield Case("bomb.zip", UNIT, changed(chance, lambda f: f.update({"zeros.bin": bytes(20 << 20)})), "archive.bomb", "zeros.bin")
    yield Case("big-bomb.zip", UNIT, changed(chance, lambda f: f.update({f"{n}.bin": bytes(9 << 20) for n in range(6)})), "archive.bomb", "big-bomb.zip")
    yield Case("101-files.zip", UNIT, changed(chance, lambda f: f.update({f"f{n}.txt": b"x" for n in range(98)})), "archive.too_many_files", "101-files.zip")
    yield Case("twins.zip", UNIT, changed(chance, lambda f: f.update({"AD.JS": b"1"})), "archive.duplicate", "AD.JS")
    yield Case("link.zip", UNIT, linked(chance), "archive.link", "passwd")
    yield Case("locked.zip", UNIT, locked(chance), "archive.encrypted", "index.html")
    yield Case("odd-packing.zip", UNIT, bzipped(chance), "archive.compression", "index.html")
    yield Case("cut.zip", UNIT, cut(chance), "archive.damaged", "cut.zip")
    yield Case("no-page.zip", UNIT, changed(chance, lambda f: f.pop("index.html")), "bundle.no_entry", "no-page.zip")
    yield Case("office.zip", UNIT, changed(chance, lambda f: f.update({"[Content_Types].xml": b"<x/>"})), "file.not_taken", "office.zip")


def whole(chance: random.Random, size: str, fault: str | None = None) -> Callable[[Path], object]:
    """A bundle as the samples draw it."""
    brand, seed = chance.choice(BRANDS), chance.randrange(1000)
    return lambda path: samples.bundle(path, brand, size=size, seed=seed, fault=fault)


def changed(chance: random.Random, change: Change) -> Callable[[Path], object]:
    """A whole bundle, its files changed before they are packed."""
    make = whole(chance, "300x250")

    def write(path: Path) -> None:
        make(path)
        files = unpacked(path)
        change(files)
        path.write_bytes(packed(files))

    return write


def unpacked(path: Path) -> dict[str, bytes]:
    """The files of a bundle."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def edit(name: str, old: bytes, new: bytes) -> Change:
    """One text for another in one file."""
    return lambda files: files.update({name: files[name].replace(old, new)})


def script(line: bytes) -> Change:
    """A line more in the script."""
    return lambda files: files.update({"ad.js": files["ad.js"] + line})


def moved(files: dict[str, bytes], folder: str) -> None:
    """All files into a folder."""
    for name in list(files):
        files[folder + name] = files.pop(name)


def noise(chance: random.Random, kilobytes: int) -> bytes:
    """Bytes that do not pack."""
    return np.random.default_rng(chance.randrange(1000)).bytes(kilobytes << 10)


def later(chance: random.Random, kilobytes: int) -> Change:
    """A heavy file that the script loads when asked."""
    data = noise(chance, kilobytes)
    return lambda files: files.update({"film.bin": data, "ad.js": files["ad.js"] + b'\nvar later = "film.bin";\n'})


def requests(count: int) -> Change:
    """So many pictures on the page."""
    def change(files: dict[str, bytes]) -> None:
        tags = "".join(f'<img src="p{number}.png" alt="">' for number in range(count))
        files["index.html"] = files["index.html"].replace(b"<p id", tags.encode() + b"<p id")
        files.update({f"p{number}.png": b"\x89PNG" for number in range(count)})

    return change


def sounding(files: dict[str, bytes]) -> None:
    """A film that starts with its sound."""
    files["index.html"] = files["index.html"].replace(b"<p id", b'<video autoplay src="a.mp4"></video><p id')
    files["a.mp4"] = b"film"


def linked(chance: random.Random) -> Callable[[Path], object]:
    """A symbolic link in the zip."""
    def write(path: Path) -> None:
        whole(random.Random(1), "300x250")(path)
        with zipfile.ZipFile(path, "a") as archive:
            info = zipfile.ZipInfo("passwd.txt")
            info.external_attr = (stat.S_IFLNK | 0o777) << 16
            archive.writestr(info, "/etc/passwd")

    return write


def locked(chance: random.Random) -> Callable[[Path], object]:
    """Members that claim a password."""
    make = whole(chance, "300x250")

    def write(path: Path) -> None:
        make(path)
        data = bytearray(path.read_bytes())
        for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            data[data.index(mark) + offset] |= 1
        path.write_bytes(bytes(data))

    return write


def bzipped(chance: random.Random) -> Callable[[Path], object]:
    """Packed in a way browsers' tools do not know."""
    make = whole(chance, "300x250")

    def write(path: Path) -> None:
        make(path)
        files, out = unpacked(path), io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_BZIP2) as archive:
            for name, data in files.items():
                archive.writestr(name, data)
        path.write_bytes(out.getvalue())

    return write


def cut(chance: random.Random) -> Callable[[Path], object]:
    """A zip without its end."""
    make = whole(chance, "300x250")

    def write(path: Path) -> None:
        make(path)
        path.write_bytes(path.read_bytes()[:-200])

    return write

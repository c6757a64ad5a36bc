"""Files made for these tests: pictures, zips, sounds, and the hostile ones.
Each writes one file and returns its path.
"""

import io
import stat
import zipfile

import av
import numpy as np
from PIL import Image

from makegood.documents.creatives.samples import Brand
from makegood.documents.creatives.samples.audio import write

BRAND = Brand("Halden Outdoor", "Walk further this autumn", "See the boots", "#a4402a")
PAGE = (
    b'<!DOCTYPE html>\n<html><head><meta name="ad.size" content="width=300,height=250"></head>\n'
    b'<body><img src="a.png"><script>var clickTag = "";\nfunction go() { window.open(window.clickTag); }</script></body></html>'
)


def png(size=(300, 250), colour=(40, 60, 80), **options):
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "PNG", **options)
    return out.getvalue()


def zipped(path, files, *, compression=zipfile.ZIP_DEFLATED):
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def linked(path):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("index.html", PAGE)
        info = zipfile.ZipInfo("a.png")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, "/etc/passwd")
    return path


def locked(path):
    """A zip whose members claim to be encrypted."""
    data = bytearray(zipped(path, {"index.html": PAGE}).read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= 1
    path.write_bytes(bytes(data))
    return path


def lying(path, megabytes):
    """A zip whose directory claims ten bytes for a member that unpacks to ``megabytes``."""
    data = bytearray(zipped(path, {"index.html": PAGE, "a.png": b"\0" * (megabytes << 20)}).read_bytes())
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = data.rindex(mark)
        data[place + offset : place + offset + 4] = (10).to_bytes(4, "little")
    path.write_bytes(bytes(data))
    return path


def sine(path, *, seconds=5.0, level=0.1, rate=48000, hertz=997.0, pad=0.0):
    """A stereo sine as WAV, ``pad`` seconds of silence at both ends."""
    time = np.arange(round(seconds * rate)) / rate
    wave = np.pad(level * np.sin(2 * np.pi * hertz * time), round(pad * rate)).astype(np.float32)
    with av.open(str(path), "w", format="wav") as container:
        stream = container.add_stream("pcm_s16le", rate=rate, layout="stereo")
        write(container, stream, np.stack([wave, wave]), rate)
    return path


def vast(body="", *, head='<?xml version="1.0"?>\n', root='<VAST version="3.0">', tail="</VAST>"):
    return f"{head}{root}{body}{tail}".encode()

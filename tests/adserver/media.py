"""Four seconds of a spot and of a film that browsers play, made once for a run."""

import functools
import pathlib
import tempfile

from makegood.documents.creatives import samples
from tests.adserver import plans
from tests.adserver.conftest import Server

BRAND = samples.Brand("Reds")


@functools.cache
def made() -> dict[str, bytes]:
    """Bytes of each file by name."""
    with tempfile.TemporaryDirectory() as folder:
        spot = samples.spot(pathlib.Path(folder) / "spot.mp3", seconds=4)
        film = samples.film(pathlib.Path(folder) / "spot.mp4", BRAND, seconds=4, size="320x180")
        return {"spot.mp3": spot.read_bytes(), "spot.mp4": film.read_bytes()}


def lay_out(server: Server) -> None:
    """Put them where the test plans name them, and a picture that can be drawn."""
    from PIL import Image

    (server.assets / plans.SHA["audio"] / "spot.mp3").write_bytes(made()["spot.mp3"])
    (server.assets / plans.SHA["video"] / "spot.mp4").write_bytes(made()["spot.mp4"])
    Image.new("RGB", (300, 250), "teal").save(server.assets / plans.SHA["image"] / "banner.png")

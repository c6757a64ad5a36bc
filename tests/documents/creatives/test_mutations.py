"""Good files damaged at random, by seed: each is read or refused by name, never a crash (R11 at the size of a push)."""

import random

import pytest

from makegood.documents.creatives import UnreadableCreative, samples
from makegood.documents.creatives.probe import probe

from . import making

ROUNDS = 40


@pytest.fixture(scope="module")
def good(tmp_path_factory):
    folder = tmp_path_factory.mktemp("good")
    tag = {"media_url": "https://cdn.example/a.mp4", "click_url": "https://halden.example/"}
    paths = [
        samples.banner(folder / "a.png", making.BRAND), samples.banner(folder / "a.jpg", making.BRAND),
        samples.banner(folder / "a.gif", making.BRAND), samples.bundle(folder / "a.zip", making.BRAND),
        samples.spot(folder / "a.mp3", seconds=1), samples.spot(folder / "a.wav", seconds=0.5),
        samples.film(folder / "a.mp4", making.BRAND, seconds=0.5, size="160x90", kbps=200),
        samples.vast(folder / "a.xml", making.BRAND, **tag), samples.native(folder / "a.json", making.BRAND, url="https://a.example"),
    ]  # fmt: skip
    return [path.read_bytes() for path in paths]


def damaged(data, chance):
    data = bytearray(data)
    how = chance.randrange(4)
    if how == 0:
        del data[chance.randrange(1, len(data)) :]
    elif how == 1:
        for _ in range(chance.randrange(1, 30)):
            data[chance.randrange(len(data))] = chance.randrange(256)
    elif how == 2:
        start = chance.randrange(len(data))
        del data[start : start + chance.randrange(1, 400)]
    else:
        start = chance.randrange(len(data))
        data[start:start] = data[: chance.randrange(1, 4000)]
    return bytes(data)


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_damage_is_read_or_named(good, seed, tmp_path):
    chance = random.Random(seed)
    for number, data in enumerate(good):
        path = tmp_path / f"{number}.bin"
        path.write_bytes(damaged(data, chance))
        try:
            assert probe(path, name=path.name).file.sha256
        except UnreadableCreative as refused:
            assert refused.rule and refused.reason and refused.where and refused.remedy

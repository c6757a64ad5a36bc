"""How fast creative files are checked on one core, beside what others do with the same files, and whether loudness agrees.

Processor seconds throughout. ffmpeg is a peer where it is installed, the published VAST schemas where the cases are.
"""
import argparse
import pathlib
import random
import tempfile
import time
import zipfile
from collections.abc import Callable, Sequence

from lxml import etree
from PIL import Image

from bench import cases, creative_files, ffmpeg
from bench.creative_files import bundles, films, pictures, sounds, tags
from bench.result import Goal, Result, at_least, at_most
from makegood.documents.creatives import guarded
from makegood.documents.creatives.probe import probe
from makegood.engine import specs

GOAL = "P10: checks - files a second and times real time on one core, beside ffmpeg, Pillow and XSD validation"
TARGETS = {"image": 50, "audio": 20, "video": 20, "html5": 20, "vast": 200}
SCHEMAS = {"2.0": "vast_2.0.1", "3.0": "vast3_draft", "4.0": "vast4", "4.1": "vast_4.1", "4.2": "vast_4.2"}
Files = dict[str, list[pathlib.Path]]


def arguments(parser: argparse.ArgumentParser) -> None:
    """How long to look."""
    parser.add_argument("--seconds", type=float, default=2.0, help="processor seconds for each kind of file")


def run(options: argparse.Namespace) -> Result:
    """Makes the files, checks each kind over and over, then hands the same files to the peers."""
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        files = made(folder, random.Random(options.seed))
        lengths = {path: probe(path, name=path.name).duration_s for kind in ("audio", "video") for path in files[kind]}
        ours = {kind: rate(paths, check, options.seconds, lengths) for kind, paths in files.items()}
        figures: dict[str, object] = {f"{kind}_{unit(kind)}": value for kind, value in ours.items()}
        figures |= {f"{kind}_in_a_capped_process_per_s": capped(files[kind]) for kind in ("image", "html5", "vast")}
        peers, ratios, goals = beside(files, ours, lengths, options.seconds)
        return Result(figures | ratios, {f"{kind} {unit(kind)}": at_least(ours[kind], target) for kind, target in TARGETS.items()} | goals, peers)


def made(folder: pathlib.Path, chance: random.Random) -> Files:
    """Good files of each kind, as the corpus makes them."""
    def written(chosen: Sequence[creative_files.Case]) -> list[pathlib.Path]:
        for case in chosen:
            case.write(folder / case.name)
        return [folder / case.name for case in chosen]

    def good(module: object, count: int, kept: Callable[[creative_files.Case], bool] = lambda case: True) -> list[pathlib.Path]:
        found = [case for case in module.cases(chance) if not case.rule and kept(case)]
        return written(chance.sample(found, min(count, len(found))))

    return {"image": good(pictures, 40), "html5": good(bundles, 20), "vast": good(tags, 30), "audio": good(sounds, 4),
            "video": good(films, 3, lambda case: case.profile == "video-online")}


def check(path: pathlib.Path) -> object:
    """What `creative check --profile auto` does, in this process."""
    facts = probe(path, name=path.name)
    return specs.check(facts, specs.choose(facts, specs.profiles()))


def rate(paths: Sequence[pathlib.Path], do: Callable[[pathlib.Path], object], seconds: float, lengths: dict[pathlib.Path, float]) -> float:
    """Files (or, where lengths are known, seconds of sound or film) done in a processor second."""
    do(paths[0])
    done, begun = 0.0, time.process_time()
    while True:
        for path in paths:
            do(path)
            done += lengths.get(path, 1)
        spent = time.process_time() - begun
        if spent >= seconds:
            return round(done / spent, 1)


def capped(paths: Sequence[pathlib.Path]) -> float:
    """Files in a processor second when each is read in a process of its own: this process, the one that forks, and the readers."""
    guarded.probe_guarded(paths[0], paths[0].name)
    begun, forking, reading = time.process_time(), guarded.READERS.cpu_s(), 0.0
    for path in paths * 3:
        order = {"do": "probe", "path": str(path), "name": path.name, "number": 0, "seconds": 10, "memory_mb": 512}
        reading += guarded.READERS.ask(order).cpu_s
    spent = time.process_time() - begun + guarded.READERS.cpu_s() - forking + reading
    return round(3 * len(paths) / spent, 1)


def beside(files: Files, ours: dict[str, float], lengths: dict[pathlib.Path, float], seconds: float) -> tuple[dict[str, object], dict[str, object], dict[str, Goal]]:
    """The peers' rates, ours over theirs, and the goals on agreement."""
    peers: dict[str, object] = {"image: Pillow verify": rate(files["image"], verify, seconds / 2, {}), "image: Pillow decode": rate(files["image"], decode, seconds / 2, {}),
                                "html5: zip test": rate(files["html5"], unzip, seconds / 2, {})}
    pairs = {"image": "image: Pillow verify", "html5": "html5: zip test"}
    schemas = {version: cases.folder("vast") / "xsd" / f"{name}.xsd" for version, name in SCHEMAS.items()}
    if all(path.exists() for path in schemas.values()):
        known = {version: etree.XMLSchema(etree.parse(str(path))) for version, path in schemas.items()}
        peers["vast: XSD validation"] = rate(files["vast"], lambda path: validate(path, known), seconds / 2, {})
        pairs["vast"] = "vast: XSD validation"
    goals = {}
    if ffmpeg.present():
        for kind in ("audio", "video"):
            peers[f"{kind}: ffmpeg"] = round(sum(lengths[path] for path in files[kind]) / sum(ffmpeg.watched(path) for path in files[kind]), 1)
            pairs[kind] = f"{kind}: ffmpeg"
        loud, peak = apart([*files["audio"], *files["video"]])
        goals = {"loudness apart, LU": at_most(loud, 0.1), "true peak apart, dB": at_most(peak, 0.2)}
    ratios = {f"{kind}_ours_over_peer": round(ours[kind] / peers[peer], 3) for kind, peer in pairs.items()}
    return peers, ratios, goals


def apart(paths: Sequence[pathlib.Path]) -> tuple[float, float]:
    """The largest differences from ffmpeg's ebur128 over the files."""
    pairs = [(probe(path, name=path.name).sound, ffmpeg.loudness(path)) for path in paths]
    return (round(max(abs(sound.integrated_lufs - lufs) for sound, (lufs, _) in pairs), 3),
            round(max(abs(sound.true_peak_dbtp - peak) for sound, (_, peak) in pairs), 3))


def unit(kind: str) -> str:
    """What a rate of this kind counts."""
    return "times_real_time" if kind in ("audio", "video") else "per_s"


def verify(path: pathlib.Path) -> None:
    """Pillow's own look at a picture."""
    with Image.open(path) as picture:
        picture.verify()


def decode(path: pathlib.Path) -> None:
    """All pixels of its first picture."""
    with Image.open(path) as picture:
        picture.load()


def unzip(path: pathlib.Path) -> object:
    """The zip's check sums."""
    with zipfile.ZipFile(path) as archive:
        return archive.testzip()


def validate(path: pathlib.Path, known: dict[str, etree.XMLSchema]) -> bool:
    """The tag against its version's schema."""
    tree = etree.parse(str(path))
    schema = known.get(tree.getroot().get("version", "")[:3])
    return schema is not None and schema.validate(tree)

"""The course of a life: the twelve stages in order, each told as it begins and ends, with its figure and its time."""

import datetime
import json
import pathlib
import shutil
import time
from collections.abc import Callable
from functools import partial

from makegood.workflows import publishing
from makegood.workflows.order_life import agreeing, creatives, delivering, serving, settling
from makegood.workflows.order_life.crew import Crew
from makegood.workflows.order_life.life import Life
from makegood.workflows.order_life.stages import STAGES, Stage

Told = Callable[[Stage, str, float], None]
"""Called with a stage, its figure ("" when it begins) and the seconds it took."""


def run(
    path: pathlib.Path, *, out: pathlib.Path, now: datetime.datetime, accept_defaults: bool = False, seed: int = 1, requests: int = 300,
    told: Told = lambda stage, figure, seconds: None,
) -> Life:  # fmt: skip
    """One document's whole life; its files and summary.json lie in `out` afterwards.

    `accept_defaults` answers yes to what a person would be asked (new accounts, doubtful lines). Raises Refused with
    place and remedy at the stage that cannot be done; what was done before it stands, as it would in real life.
    """
    life = Life(path=path, out=out, crew=Crew.muster(), moment=now, seed=seed, requests=requests)
    for stage, do in zip(STAGES, _course(accept_defaults), strict=True):
        told(stage, "", 0.0)
        begun = time.monotonic()
        figure = do(life)
        told(stage, figure, time.monotonic() - begun)
        life.facts.setdefault("stages", []).append({"stage": stage.name, "figure": figure, "seconds": round(time.monotonic() - begun, 2)})
    publishing.publish(by=life.crew.trafficker, at=now, why=f"back to today after {life.order.number}")
    out.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(path, out / path.name)
    life.files["document"] = path.name
    summary = {**life.facts, "notes": life.notes, "files": life.files}
    (out / "summary.json").write_text(json.dumps(summary, indent=1, default=str, ensure_ascii=False) + "\n", "utf-8")
    return life


def _course(accept_defaults: bool) -> tuple[Callable[[Life], str], ...]:
    """What each stage does, in their order."""
    return (
        agreeing.read, partial(agreeing.match, accept_defaults=accept_defaults), agreeing.book, agreeing.ask, creatives.receive, creatives.traffic,
        serving.serve, delivering.count, delivering.pace, settling.prove, settling.bill, settling.manage,
    )  # fmt: skip

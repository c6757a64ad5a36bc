"""One bench's result and the two ways it is shown: one JSON object, or a table for people.

Every bench module has GOAL ("P9: ..."), `arguments(parser)` and `run(options) -> Result`.
"""
import argparse
import dataclasses
import json
import math
import os
import pathlib
import platform
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field

import rich.console
import rich.table

ROOT = pathlib.Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Goal:
    """A figure with what it has to reach."""

    value: float
    target: float
    met: bool


@dataclass(frozen=True, slots=True)
class Result:
    """Figures of one run, the same measured on peers in that run, and the goals they are held against."""

    figures: Mapping[str, object]
    goals: Mapping[str, Goal]
    peers: Mapping[str, object] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def at_least(value: float, target: float) -> Goal:
    """A goal met from below."""
    return Goal(value, target, value >= target)


def at_most(value: float, target: float) -> Goal:
    """A goal met from above."""
    return Goal(value, target, value <= target)


def machine() -> dict[str, object]:
    """What the figures were measured on."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20
    return {"cores": os.cpu_count(), "memory_mb": memory, "system": platform.platform(), "python": platform.python_version()}


def commit() -> str | None:
    """The commit the tree is at, with '+' when it has changes; None outside a repository."""
    def git(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(["git", "-C", str(ROOT), *words], capture_output=True, text=True, check=False)

    head = git("rev-parse", "--short", "HEAD")
    if head.returncode:
        return None
    return head.stdout.strip() + ("+" if git("status", "--porcelain", "--untracked-files=no").stdout else "")


def plain(value: object) -> object:
    """The same without numbers that JSON has no word for: null where a figure could not be had."""
    if isinstance(value, Mapping):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def show(name: str, result: Result, options: argparse.Namespace) -> None:
    """The result on standard output, as JSON with --json, else as tables."""
    whole = {"bench": name, "figures": dict(result.figures), "peers": dict(result.peers),
             "goals": {goal: dataclasses.asdict(held) for goal, held in result.goals.items()},
             "seed": options.seed, "machine": machine(), "commit": commit()}
    if options.json:
        print(json.dumps(plain(whole), default=str, allow_nan=False))
        return
    console = rich.console.Console()
    table = rich.table.Table(title=f"{name} (seed {options.seed}, commit {whole['commit']})")
    for heading in ("goal", "value", "target", "met"):
        table.add_column(heading, justify="right" if heading in {"value", "target"} else "left")
    for goal, held in result.goals.items():
        table.add_row(goal, f"{held.value:.4g}", f"{held.target:.4g}", "yes" if held.met else "no")
    console.print(table)
    for figure, value in [*result.figures.items(), *((f"peer {peer}", value) for peer, value in result.peers.items())]:
        console.print(f"{figure}: {value}", highlight=False)
    for note in result.notes:
        console.print(note, highlight=False, markup=False)

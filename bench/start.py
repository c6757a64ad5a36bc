"""How long the demo takes to be up: the first time in an empty home, and again with its data there.

Each start is a process of its own, as people start it; the environment (packages, static files) is there already.
"""
import argparse
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

from bench.result import Goal, Result, at_most

GOAL = "Start - the demo up in 10 s with its data, a year of history loaded in 90 s"
FIRST_S, HISTORY_S, SECOND_S = 360.0, 90.0, 10.0
COMMAND = "from makegood.config.main import main; main()"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Where, and whether the slow first start is measured."""
    parser.add_argument("--home", type=pathlib.Path, help="a demo home that is loaded; without it one is made and removed")
    parser.add_argument("--again", type=int, default=3, help="second starts measured")


def run(options: argparse.Namespace) -> Result:
    """The first start where no home is given, then the second ones."""
    figures: dict[str, object] = {}
    goals: dict[str, Goal] = {}
    made = pathlib.Path(tempfile.mkdtemp(prefix="makegood-bench-")) if options.home is None else None
    home = made or options.home
    if made is not None:
        made.chmod(0o755)  # the embedded database runs as an unprivileged user below it
    try:
        if made is not None:
            loaded_s, said = timed(home, "--seed-only", "--seed", str(options.seed))
            told = re.search(r"A year of history in ([\d.]+) s", said)
            figures["history_s"] = float(told[1]) if told else loaded_s
            figures["database_and_history_s"] = round(loaded_s, 2)
            figures["main_job_s"] = round(timed(home, "--once")[0], 2)
            first = loaded_s + float(figures["main_job_s"])
            goals["first_start_s"] = at_most(round(first, 2), FIRST_S)
            goals["history_s"] = at_most(float(figures["history_s"]), HISTORY_S)
        seconds = [up(home) for _ in range(options.again)]
        figures["second_starts_s"] = [round(one, 2) for one in seconds]
        goals["second_start_s"] = at_most(round(max(seconds), 2), SECOND_S)
    finally:
        if made is not None:
            shutil.rmtree(made, ignore_errors=True)
    return Result(figures, goals)


def timed(home: pathlib.Path, *words: str) -> tuple[float, str]:
    """Seconds of one command that ends by itself, and what it said; raises when it fails."""
    begun = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", COMMAND, "demo", *words], env=environment(home), check=True, stdout=subprocess.PIPE, text=True)
    return time.perf_counter() - begun, done.stdout


def up(home: pathlib.Path) -> float:
    """Seconds until the demo says where it is; it is stopped again with Ctrl-C."""
    begun = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-u", "-c", COMMAND, "demo"], env=environment(home), stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        try:
            for line in process.stdout or ():
                if " is up on " in line:
                    return time.perf_counter() - begun
            raise RuntimeError(f"the demo ended with status {process.wait()} before it was up")
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(60)


def environment(home: pathlib.Path) -> dict[str, str]:
    """This environment with that home and no database of ours."""
    return {name: value for name, value in os.environ.items() if name != "DATABASE_URL"} | {"MAKEGOOD_HOME": str(home), "COLUMNS": "200"}

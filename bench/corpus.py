"""Creative files with planted faults against the checks: every fault found with its rule and place, no good file blocked.

Files are made by the seed, each is checked as a stranger's file is: read in a capped process, held against its profile.
"""
import argparse
import pathlib
import tempfile
from collections import Counter

from bench import creative_files
from bench.result import Result, at_least, at_most

GOAL = "issue 5: the corpus - planted faults found with the right rule and place, false blocks on good files"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Which files."""
    parser.add_argument("--groups", nargs="*", choices=sorted(creative_files.GROUPS), default=list(creative_files.GROUPS), help="kinds of file; else all")


def run(options: argparse.Namespace) -> Result:
    """Makes and checks every file, one at a time."""
    planted, found, by_verdict = Counter(), Counter(), Counter()
    missed, false = [], []
    with tempfile.TemporaryDirectory() as folder:
        for case in creative_files.cases(options.seed, tuple(options.groups)):
            outcome = creative_files.judge(case, pathlib.Path(folder))
            by_verdict["good" if not case.rule else "bad", outcome.verdict] += 1
            if case.rule:
                planted[case.rule] += 1
                found[case.rule] += outcome.found
                missed += [] if outcome.found else [f"{case.name}: {case.rule} at {case.where} was not found"]
            false += [f"{case.name}: {rule} blocks and was not planted" for rule in outcome.false]
    good, bad = (sum(count for (kind, _), count in by_verdict.items() if kind == one) for one in ("good", "bad"))
    share = sum(found.values()) / max(1, sum(planted.values()))
    return Result(
        figures={"files": good + bad, "good": good, "bad": bad, "verdicts": {f"{kind}: {verdict}": n for (kind, verdict), n in sorted(by_verdict.items())},
                 "found / planted": {rule: f"{found[rule]} / {planted[rule]}" for rule in sorted(planted)}, "missed": missed, "false blocks": false},
        goals={"files": at_least(good + bad, 250), "planted faults found": at_least(share, 1.0), "false blocks": at_most(len(false), 0)}
        if len(options.groups) == len(creative_files.GROUPS)
        else {"planted faults found": at_least(share, 1.0), "false blocks": at_most(len(false), 0)},
        notes=(*missed, *false),
    )  # fmt: skip

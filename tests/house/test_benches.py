"""The quick benches run, and say one JSON object on standard output: figures, goals held, seed, machine, commit."""

import json
import subprocess
import sys

import pytest

from bench.result import ROOT

QUICK = {"simulate": ("--flights", "60", "--rounds", "2"), "decide": ("--decisions", "2000", "--times", "2", "--trials", "3")}


@pytest.mark.parametrize("name", QUICK)
def test_a_bench_answers_in_one_object(name):
    ran = subprocess.run([sys.executable, "-m", "bench", name, "--seed", "2", "--json", *QUICK[name]], cwd=ROOT, capture_output=True, text=True, check=True)
    said = json.loads(ran.stdout)
    assert said["bench"] == name and said["seed"] == 2 and said["figures"]
    assert all(set(goal) == {"value", "target", "met"} for goal in said["goals"].values()) and said["goals"]


def test_an_unknown_bench_is_named():
    ran = subprocess.run([sys.executable, "-m", "bench", "nosuch"], cwd=ROOT, capture_output=True, text=True)
    assert ran.returncode == 2 and "there is no bench nosuch" in ran.stderr

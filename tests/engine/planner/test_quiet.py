"""Standard output is for answers: the solver's greeting is not on it."""

import subprocess
import sys

PROGRAM = """
import numpy as np
from makegood.engine.planner import highs
whole = np.array([True, False])
found = highs.minimise(highs.Programme(np.array([-1.0, -2.0]), np.array([3.0, 4.0]), whole, [({0: 1.0, 1: 1.0}, -np.inf, 5.0)]))
print(found.values.tolist())
"""


def test_only_the_answer_is_on_standard_output() -> None:
    said = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True).stdout
    assert said == "[1.0, 4.0]\n"


def test_without_standard_output_it_solves_all_the_same() -> None:
    closed = "import os; os.close(1)\n" + PROGRAM.replace("print(found.values.tolist())", "assert found.values.tolist() == [1.0, 4.0]")
    subprocess.run([sys.executable, "-c", closed], check=True)

"""A mixed-integer programme given to HiGHS: columns from zero up, rows between two values. Knows nothing of plans.

Without presolve and with tight tolerances: HiGHS 1.12 (scipy's) and 1.16 with their defaults answer one small planning
problem in about a hundred with a mix that is not the best and call it optimal (tests/engine/planner looks at every mix).
The number of threads is left alone: a process has one pool of them, and asking for another number than it was begun with is an error.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Sequence
from dataclasses import dataclass

import highspy
import numpy as np
import numpy.typing as npt

from makegood.engine.planner.records import Infeasible

Row = tuple[dict[int, float], float, float]
"""Coefficients by column, the lowest and the highest value of their sum."""
OPTIONS: dict[str, bool | float | str] = {
    "output_flag": False, "mip_rel_gap": 1e-6, "parallel": "off", "random_seed": 0, "presolve": "off",
    "mip_feasibility_tolerance": 1e-9, "primal_feasibility_tolerance": 1e-9,
}  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Programme:
    """Minimise cost · x, 0 ≤ x ≤ top, `whole` columns integer, within the rows."""

    cost: npt.NDArray[np.float64]
    top: npt.NDArray[np.float64]
    whole: npt.NDArray[np.bool_]
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """The values of an optimum, and the bound below which no value of the objective lies."""

    values: npt.NDArray[np.float64]
    bound: float


def minimise(programme: Programme) -> Answer:
    """The optimum. Raises Infeasible where no values keep all rows, RuntimeError when the solver gives up."""
    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    for name, value in OPTIONS.items():
        solver.setOptionValue(name, value)
    solver.passModel(_model(programme))
    solver.run()
    status = solver.getModelStatus()
    if status in (highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kUnboundedOrInfeasible):
        raise Infeasible("no mix keeps every hard constraint")
    if status != highspy.HighsModelStatus.kOptimal:
        raise RuntimeError(f"the solver stopped: {solver.modelStatusToString(status)}")
    found, info = solver.getSolution(), solver.getInfo()
    bound = info.mip_dual_bound if programme.whole.any() else info.objective_function_value
    return Answer(np.array(found.col_value), float(bound))


def _greeted() -> None:
    """Let HiGHS greet, as it does on standard output when the first solver of a process is made, where nobody reads it."""
    kept = os.dup(1)
    try:
        with open(os.devnull, "w") as nowhere:
            os.dup2(nowhere.fileno(), 1)
        highspy.Highs()  # type: ignore[no-untyped-call]
    finally:
        os.dup2(kept, 1)
        os.close(kept)


with contextlib.suppress(OSError):  # no standard output: nothing to keep clean
    _greeted()


def _model(programme: Programme) -> highspy.HighsLp:
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(programme.cost), len(programme.rows)
    model.col_cost_, model.col_lower_, model.col_upper_ = programme.cost, np.zeros(len(programme.cost)), programme.top
    model.row_lower_ = np.array([low for _, low, _ in programme.rows])
    model.row_upper_ = np.array([high for _, _, high in programme.rows])
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = np.concatenate(([0], np.cumsum([len(row) for row, _, _ in programme.rows])))
    model.a_matrix_.index_ = np.array([column for row, _, _ in programme.rows for column in row])
    model.a_matrix_.value_ = np.array([value for row, _, _ in programme.rows for value in row.values()])
    kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
    model.integrality_ = [kinds[int(one)] for one in programme.whole]
    return model

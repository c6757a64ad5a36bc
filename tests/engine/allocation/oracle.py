"""The same problem by HiGHS' active-set method for quadratic programs: slow, exact, and nothing of ours in it."""

import highspy
import numpy as np
from hypothesis import reject

SHIFTS = (0.0, 1e-9)  # its active set loses its way on a few degenerate problems; where no shift helps there is nothing to compare


def cost(capacity, cells, demand, penalty, weight, most=None):
    """The least cost, in the solver's own words: x per edge, then u per contract."""
    s, edges = np.asarray(capacity, float), [(j, i) for j, own in enumerate(cells) for i in own]
    count, m = len(edges), np.ones(len(cells)) if most is None else most
    theta = [min(demand[j] / s[own].sum(), m[j]) for j, own in enumerate(cells)]
    stiff = np.array([s[i] * weight[j] / theta[j] for j, i in edges])
    even = np.array([theta[j] for j, _ in edges])
    rows = [[(k, s[i]) for k, (j, i) in enumerate(edges) if j == n] + [(count + n, 1.0)] for n in range(len(cells))]
    rows += [[(k, 1.0) for k, (_, i) in enumerate(edges) if i == c] for c in range(len(s))]
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = count + len(cells), len(rows)
    lp.col_cost_ = np.concatenate([-stiff * even, penalty])
    lp.col_lower_, lp.col_upper_ = np.zeros(lp.num_col_), np.concatenate([[m[j] for j, _ in edges], np.full(len(cells), highspy.kHighsInf)])
    lp.row_lower_ = np.concatenate([demand, np.full(len(s), -highspy.kHighsInf)])
    lp.row_upper_ = np.concatenate([np.full(len(cells), highspy.kHighsInf), np.ones(len(s))])
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = np.cumsum([0, *map(len, rows)])
    lp.a_matrix_.index_ = [k for row in rows for k, _ in row]
    lp.a_matrix_.value_ = [value for row in rows for _, value in row]
    return solved(lp, stiff) + 0.5 * float(stiff @ even**2)


def solved(lp, diagonal):
    """The objective of min c'z + ½ z'Dz over the polytope, D diagonal over the first columns."""
    model, hessian = highspy.HighsModel(), highspy.HighsHessian()
    model.lp_ = lp
    hessian.dim_, hessian.format_ = lp.num_col_, highspy.HessianFormat.kTriangular
    hessian.start_ = np.minimum(np.arange(lp.num_col_ + 1), len(diagonal))
    hessian.index_, hessian.value_ = np.arange(len(diagonal)), diagonal
    model.hessian_ = hessian
    for shift in SHIFTS:
        solver = highspy.Highs()
        solver.setOptionValue("output_flag", False)
        solver.setOptionValue("qp_regularization_value", shift)
        solver.passModel(model)
        solver.run()
        if solver.getModelStatus() == highspy.HighsModelStatus.kOptimal:
            return solver.getInfo().objective_function_value
    return reject()

"""What the plan is measured against: HiGHS on the program of penalties, Clarabel on the identical quadratic program,
the two published heuristics (HWM, SHALE) from our own kernels. Models are built before the clock starts.
"""
import numpy as np
import scipy.sparse as sparse

from bench.supply_graph import SupplyGraph
from makegood.engine.allocation import Problem, point, roots
from makegood.engine.allocation.crew import Crew

UNIT = 1e-3  # solvers see thousands of impressions
INSTALL = "uv sync --group bench"


def incidence(of: Problem) -> tuple[sparse.csr_matrix, sparse.csr_matrix]:
    """Edges by contract and edges by cell, both of ones."""
    edges = np.arange(len(of.cell))
    owner = np.repeat(np.arange(of.contracts), np.diff(of.first))
    ones = np.ones(len(edges))
    return (sparse.csr_matrix((ones, (owner, edges)), shape=(of.contracts, len(edges))),
            sparse.csr_matrix((ones, (of.cell, edges)), shape=(len(of.s), len(edges))))


def least_penalty(of: Problem, limit_s: float):
    """HiGHS' interior point method without crossover, one thread: min Σ p u. Returns a run; it returns the cost."""
    import highspy

    by_contract, by_cell = incidence(of)
    rows = sparse.vstack([sparse.hstack([by_contract, sparse.identity(of.contracts)]),
                          sparse.hstack([by_cell, sparse.csr_matrix((len(of.s), of.contracts))])]).tocsc()
    lp = highspy.HighsLp()
    lp.num_row_, lp.num_col_ = rows.shape
    endless = highspy.kHighsInf
    lp.col_cost_ = np.concatenate([np.zeros(len(of.cell)), of.p])
    lp.col_lower_, lp.col_upper_ = np.zeros(lp.num_col_), np.full(lp.num_col_, endless)
    lp.row_lower_ = np.concatenate([of.d * UNIT, np.full(len(of.s), -endless)])
    lp.row_upper_ = np.concatenate([np.full(of.contracts, endless), of.s * UNIT])
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_ = rows.indptr, rows.indices, rows.data
    solver = highspy.Highs()
    options = {"output_flag": False, "threads": 1, "solver": "ipx", "run_crossover": "off", "time_limit": limit_s}
    for name, value in options.items():
        solver.setOptionValue(name, value)
    solver.passModel(lp)

    def run() -> float | None:
        solver.run()
        fine = solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
        return solver.getInfo().objective_function_value / UNIT if fine else None

    return run


def quadratic(of: Problem, limit_s: float):
    """Clarabel, one thread, on the same quadratic program. Returns a run; it returns the cost, None at the limit."""
    import clarabel

    by_contract, by_cell = incidence(of)
    count, owner = len(of.cell), np.repeat(np.arange(of.contracts), np.diff(of.first))
    s = of.s[of.cell] * UNIT
    stiff, even = s * (of.v / of.theta)[owner], of.theta[owner]
    owed = sparse.hstack([by_contract @ sparse.diags(s), sparse.identity(of.contracts)])
    fits = sparse.hstack([by_cell, sparse.csr_matrix((len(of.s), of.contracts))])
    rows = sparse.vstack([-owed, fits, -sparse.identity(count + of.contracts)]).tocsc()
    bounds = np.concatenate([-of.d * UNIT, np.ones(len(of.s)), np.zeros(count + of.contracts)])
    settings = clarabel.DefaultSettings()
    settings.verbose, settings.time_limit, settings.max_threads = False, limit_s, 1
    bend = sparse.diags(np.concatenate([stiff, np.zeros(of.contracts)])).tocsc()
    cost = np.concatenate([-stiff * even, of.p])
    solver = clarabel.DefaultSolver(bend, cost, rows, bounds, [clarabel.NonnegativeConeT(len(bounds))], settings)

    def run() -> float | None:
        found = solver.solve()
        return (found.obj_val + 0.5 * float(stiff @ even**2)) / UNIT if str(found.status) == "Solved" else None

    return run


def hwm(graph: SupplyGraph, of: Problem) -> np.ndarray:
    """High Water Mark (in SHALE, KDD 2012): by falling theta, each contract takes the same part of what is left of its cells."""
    left, delivered = np.ones(len(of.s)), np.zeros(of.contracts)
    for j in np.argsort(-of.theta, kind="stable"):
        own = graph.cells[j]
        delivered[j] = taken(own, np.zeros(len(own)), 1.0, of.d[j], left, of.s)
    return delivered


def shale(graph: SupplyGraph, of: Problem, sweeps: int) -> np.ndarray:
    """SHALE as published: `sweeps` of stage 1, then stage 2, which takes by falling theta what each contract still can have."""
    here = point.at(of, np.zeros(of.contracts), np.zeros(len(of.s)), Crew())
    for _ in range(sweeps):
        here = point.swept(of, here, of.p, Crew())
    left, delivered = np.ones(len(of.s)), np.zeros(of.contracts)
    for j in np.argsort(-of.theta, kind="stable"):
        own, fall = graph.cells[j], of.theta[j] / of.v[j]
        delivered[j] = taken(own, fall * (of.v[j] - here.beta[own]), fall, of.d[j], left, of.s)
    return delivered


def taken(own: np.ndarray, offset: np.ndarray, rise: float, owed: float, left: np.ndarray, s: np.ndarray) -> float:
    """Take from `left` of its `own` cells offset + rise·z, z as brings the contract to what it is owed; returns the impressions."""
    most = left[own]
    lines = s[own] * np.stack([offset, np.full(len(own), rise), most])
    low, top = float((-offset / rise).min()), float(((most - offset) / rise).max())
    z, _ = roots.root(lines, len(own), owed, 0.0, low, top)
    x = np.clip(offset + rise * z, 0.0, most)
    left[own] = np.maximum(left[own] - x, 0.0)
    return float(s[own] @ x)

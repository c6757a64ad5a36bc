import numpy as np
import pytest

from makegood.engine import diagnosis
from makegood.engine.diagnosis import Dimension
from makegood.engine.diagnosis.movers import surprises

DEVICE, GEO = ("mobile", "desktop", "ctv"), ("US-NY", "US-CA", "US-TX", "US-FL")


def cube(factor, noise=0.03, seed=1):
    """Forecast and actual of device x geo cells; `factor(device, geo)` is what happened to a cell."""
    rng = np.random.default_rng(seed)
    device, geo = (code.ravel() for code in np.indices((3, 4)))
    forecast = rng.uniform(500, 5_000, 12)
    actual = forecast * factor(device, geo) * np.exp(rng.normal(0, noise, 12))
    return diagnosis.of_cube({"device": (DEVICE, device), "geo": (GEO, geo)}, forecast, actual)


@pytest.mark.parametrize("seed", range(5))
def test_the_value_that_fell_is_named(seed):
    got = diagnosis.movers(cube(lambda device, geo: np.where(device == 1, 0.5, 1.0), seed=seed))
    assert (got[0].dimension, got[0].values) == ("device", ("desktop",)) and got[0].explained > 0.67


@pytest.mark.parametrize("seed", range(5))
def test_a_fall_of_everything_alike_names_nobody(seed):
    assert diagnosis.movers(cube(lambda device, geo: 0.7, seed=seed)) == []


def test_the_measure_is_that_of_the_paper():
    """Jensen-Shannon divergence by value: p log(p / m) / 2 + q log(q / m) / 2 with m = (p + q) / 2."""
    got = surprises(np.array([0.5, 0.5, 0.0]), np.array([0.25, 0.5, 0.25]))
    expected = [0.25 * np.log(0.5 / 0.375) + 0.125 * np.log(0.25 / 0.375), 0.0, 0.125 * np.log(2)]
    assert got == pytest.approx(expected)


def test_bad_counts_are_named():
    with pytest.raises(diagnosis.DiagnosisInvalid, match="dimension geo: actual needs a count"):
        diagnosis.movers([Dimension("geo", GEO, np.ones(4), np.ones(3))])

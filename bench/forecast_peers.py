"""What the forecast is measured against: the seasons repeated, and statsforecast's models, one core."""
import warnings

import numpy as np

from bench.series import Held

NAIVE_DAY, NAIVE_WEEK, MSTL = "seasonal naive, day", "seasonal naive, week", "MSTL + AutoETS"


def filled(one: Held) -> np.ndarray:
    """The known steps with gaps drawn straight."""
    seen, steps = ~np.isnan(one.known), np.arange(len(one.known))
    return np.interp(steps, steps[seen], one.known[seen])


def naive(one: Held, season: int) -> np.ndarray:
    """The last season again."""
    return np.resize(filled(one)[-season:], len(one.held))


def mstl(one: Held) -> np.ndarray:
    """Loess decomposition with both seasons and exponential smoothing of the rest (Bandara et al. 2021)."""
    from statsforecast.models import MSTL as Model
    from statsforecast.models import AutoETS

    lengths = [one.seasons.day, one.seasons.week] if one.seasons.day > 1 else [one.seasons.week]
    model = Model(season_length=lengths, trend_forecaster=AutoETS(model="ZZN"))
    return _forecast(model, one)


def extra(one: Held) -> dict[str, np.ndarray]:
    """Models with one season, which is that of the day, or of the week for series of days."""
    from statsforecast.models import AutoETS, AutoTheta

    season = one.seasons.day if one.seasons.day > 1 else one.seasons.week
    return {
        "AutoETS": _forecast(AutoETS(season_length=season, model="ZNZ"), one),
        "AutoTheta": _forecast(AutoTheta(season_length=season), one),
    }


def _forecast(model, one: Held) -> np.ndarray:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return np.asarray(model.forecast(y=filled(one), h=len(one.held))["mean"], dtype=np.float64)

"""The forecast on held-out steps: error and speed beside MSTL + ETS, intervals, and sums of series as contracts buy them."""
import argparse
import pathlib
import statistics
import time
from collections.abc import Sequence

import numpy as np

from bench import forecast_peers as peers
from bench import series, series_folder
from bench.result import Goal, Result, at_least, at_most
from bench.series import Held
from makegood.engine import forecast

GOAL = "P6: forecast - error, speed and intervals against statsforecast's MSTL + ETS on hourly series"
PREDICATES, FEWEST, MOST = 200, 3, 20
BATCH, PEER_BATCH = 64, 8
Found = tuple[list[list[int]], dict[int, forecast.Forecast]]


def arguments(parser: argparse.ArgumentParser) -> None:
    """What is forecast, how far, and on how many series the slow peers run."""
    parser.add_argument("--series", type=pathlib.Path, help="folder of CSV files instead of generated series")
    parser.add_argument("--count", type=int, default=414, help="generated series")
    parser.add_argument("--horizon", type=int, default=48, help="steps held back")
    parser.add_argument("--windows", type=int, default=12, help="at most so many windows of one long series")
    parser.add_argument("--sample", type=int, default=40, help="series that MSTL + ETS runs on, drawn by the seed")
    parser.add_argument("--extra", type=int, default=5, help="series that AutoETS and AutoTheta run on")


def run(options: argparse.Namespace) -> Result:
    """Forecasts everything, the peers on a sample, and compares on that sample."""
    short = 0
    if options.series:
        whole, short = series_folder.read(options.series, options.horizon, options.windows)
    else:
        whole = series.generated(options.seed, options.count, options.horizon)
    used = [one for one in whole if scale(one) > 0]
    rng = np.random.default_rng(options.seed)
    sample = sorted(rng.choice(len(used), min(options.sample, len(used)), replace=False).tolist())
    warm(used)
    bundles = bundled(used)
    made = {key: ours([used[row] for row in rows]) for key, rows in bundles.items()}
    mean = {row: made[key].mean[at] for key, rows in bundles.items() for at, row in enumerate(rows)}
    slow, rates, peer_rates = raced(used, sample)
    errors = {row: mase(used[row], mean[row]) for row in mean}
    peer = {row: mase(used[row], slow[row]) for row in sample}
    covered = [coverage(made[key], [used[row].held for row in rows]) for key, rows in bundles.items()]
    weight = [len(rows) for rows in bundles.values()]
    eighty, ninety_five = (float(np.average([one[at] for one in covered], weights=weight)) for at in (0, 1))
    sums = predicates(rng, used, bundles, made, slow)
    own, theirs = statistics.fmean(errors[row] for row in sample), statistics.fmean(peer.values())
    speed = statistics.median(a / b for a, b in zip(rates, peer_rates, strict=True))
    figures = {
        "series": len(used), "constant_left_out": len(whole) - len(used), "too_short_left_out": short,
        "mase_all": rounded(statistics.fmean(errors.values())), "mase_sample": rounded(own), "sample": len(sample),
        "series_per_second": round(statistics.median(rates), 1), "coverage_80": rounded(eighty),
        "coverage_95": rounded(ninety_five), **{f"predicates_{name}": rounded(value) for name, value in sums.items()},
    }  # fmt: skip
    return Result(figures, goals(own / theirs, speed, eighty, ninety_five, sums), {
        f"{peers.MSTL} mase_sample": rounded(theirs), f"{peers.MSTL} series_per_second": round(statistics.median(peer_rates), 2),
        **others(used, sample, options.extra, errors),
    })  # fmt: skip


def goals(error: float, speed: float, eighty: float, ninety_five: float, sums: dict[str, float]) -> dict[str, Goal]:
    """What P6 asks for."""
    found = {
        "mase_ratio_to_mstl_ets": at_most(rounded(error), 0.92), "speed_ratio_to_mstl_ets": at_least(round(speed, 1), 50),
        "coverage_80_at_least": at_least(rounded(eighty), 0.77), "coverage_80_at_most": at_most(rounded(eighty), 0.83),
        "coverage_95_at_least": at_least(rounded(ninety_five), 0.92),
    }  # fmt: skip
    if sums:
        found["predicate_mase_ratio_to_mstl_ets"] = at_most(rounded(sums["mase"] / sums["mase_mstl_ets"]), 0.92)
    return found


def rounded(value: float) -> float:
    return round(float(value), 4)


def season(one: Held) -> int:
    """The season errors are scaled by: the day, or the week for series of days."""
    return one.seasons.day if one.seasons.day > 1 else one.seasons.week


def scale(one: Held) -> float:
    """Mean absolute change from season to season of what is known (the M of MASE; Hyndman and Koehler 2006)."""
    return float(np.nanmean(np.abs(one.known[season(one) :] - one.known[: -season(one)])))


def mase(one: Held, guess: np.ndarray) -> float:
    return float(np.nanmean(np.abs(one.held - guess))) / scale(one)


def bundled(used: Sequence[Held]) -> dict[object, list[int]]:
    """Rows that can be forecast in one call: the same seasons."""
    found: dict[object, list[int]] = {}
    for row, one in enumerate(used):
        found.setdefault(one.seasons, []).append(row)
    return found


def ours(bundle: Sequence[Held]) -> forecast.Forecast:
    """One call for all series of a bundle, each standing alone; those that began later start with NaN."""
    steps = max(len(one.known) for one in bundle)
    history = np.full((len(bundle), steps), np.nan)
    for row, one in enumerate(bundle):
        history[row, steps - len(one.known) :] = one.known
    return forecast.ahead(history, len(bundle[0].held), seasons=bundle[0].seasons)


def warm(used: Sequence[Held]) -> None:
    """Compiles both sides before anything is timed."""
    ours(used[:1])
    peers.mstl(used[0])


def raced(used: Sequence[Held], sample: Sequence[int]) -> tuple[dict[int, np.ndarray], list[float], list[float]]:
    """The peer's forecasts of the sample, and series a second of ours and of the peer, taken in turns."""
    found, own, theirs = {}, [], []
    for start in range(0, len(sample), PEER_BATCH):
        rows = sample[start : start + PEER_BATCH]
        first = used[rows[0]].seasons
        alike = [one for one in used if one.seasons == first][:BATCH]
        begun = time.perf_counter()
        ours(alike)
        own.append(len(alike) / (time.perf_counter() - begun))
        begun = time.perf_counter()
        found.update({row: peers.mstl(used[row]) for row in rows})
        theirs.append(len(rows) / (time.perf_counter() - begun))
    return found, own, theirs


def coverage(found: forecast.Forecast, held: Sequence[np.ndarray]) -> tuple[float, float]:
    """Shares of the counted steps within the 80 and the 95 per cent interval."""
    truth = np.array(held)
    counted = ~np.isnan(truth)
    bounds = ((found.lo80, found.hi80), (found.lo95, found.hi95))
    eighty, ninety_five = (float(((truth >= low) & (truth <= high))[counted].mean()) for low, high in bounds)
    return eighty, ninety_five


def predicates(
    rng: np.random.Generator, used: Sequence[Held], bundles: dict[object, list[int]], made: dict[object, forecast.Forecast],
    slow: dict[int, np.ndarray],
) -> dict[str, float]:
    """Sums over random sets of the sampled series, as a contract's targeting adds up cells; {} where none can be drawn.

    Each series is taken in units of its mean, since those of a folder are counted in different ones.
    """
    scores: dict[str, list[float]] = {"mase": [], "mase_mstl_ets": [], "coverage_80": [], "coverage_95": []}
    for key, rows in bundles.items():
        whole = [row for row in rows if row in slow and not np.isnan(used[row].held).any()]
        if len(whole) < 2 * FEWEST:
            continue
        for _ in range(PREDICATES):
            members = rng.choice(whole, rng.integers(FEWEST, min(MOST, len(whole) - 1) + 1), replace=False)
            parts = [1 / np.nanmean(used[row].known) for row in members]
            found = forecast.totals.of(made[key], [rows.index(row) for row in members], parts)
            guess = np.array(parts) @ [slow[row] for row in members]
            for name, value in predicate([used[row] for row in members], parts, guess, found).items():
                scores[name].append(value)
    return {name: statistics.fmean(values) for name, values in scores.items() if values}


def predicate(members: Sequence[Held], parts: Sequence[float], slow: np.ndarray, found: forecast.Forecast) -> dict[str, float]:
    """Scores of one sum."""
    steps = min(len(one.known) for one in members)
    known = np.array(parts) @ [peers.filled(one)[-steps:] for one in members]
    one = Held("sum", known, np.array(parts) @ [member.held for member in members], members[0].seasons)
    eighty, ninety_five = coverage(found, [one.held])
    return {"mase": mase(one, found.mean[0]), "mase_mstl_ets": mase(one, slow), "coverage_80": eighty, "coverage_95": ninety_five}


def others(used: Sequence[Held], sample: Sequence[int], extra: int, errors: dict[int, float]) -> dict[str, object]:
    """The cheap peers on the sample and, on a few series of it, further models beside ours on the same few."""
    found: dict[str, object] = {
        f"{peers.NAIVE_DAY} mase_sample": rounded(statistics.fmean(mase(used[row], peers.naive(used[row], used[row].seasons.day)) for row in sample)),
        f"{peers.NAIVE_WEEK} mase_sample": rounded(statistics.fmean(mase(used[row], peers.naive(used[row], used[row].seasons.week)) for row in sample)),
    }
    few = list(sample)[:extra]
    scored: dict[str, list[float]] = {}
    for row in few:
        for name, guess in peers.extra(used[row]).items():
            scored.setdefault(name, []).append(mase(used[row], guess))
    found |= {f"{name} mase_few": rounded(statistics.fmean(values)) for name, values in scored.items()}
    return found | ({"ours mase_few": rounded(statistics.fmean(errors[row] for row in few))} if few else {})

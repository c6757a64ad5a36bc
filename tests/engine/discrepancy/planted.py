"""Lines made up from a seed, with one planted cause of difference."""

import numpy as np

from makegood.engine.discrepancy import Cause, Counts


def ours(rng, days):
    """Hourly net by creative, shape (creatives, days, 24), filtered by day, and weights in kB."""
    creatives = int(rng.integers(2, 5))
    level = np.exp(rng.uniform(np.log(8_000), np.log(400_000))) / 24
    week = np.resize(rng.uniform(0.6, 1.4, 7), days) * np.exp(rng.normal(0, 0.12, days))
    hours = 0.25 + np.maximum(0, np.cos((np.arange(24) - rng.uniform(12, 21)) / 24 * 2 * np.pi)) ** rng.uniform(1, 3) * rng.uniform(1, 4)
    shares = rng.dirichlet(np.full(creatives, 4.0), days).T  # rotation differs from day to day
    mean = level * week[:, None] * (hours / hours.mean())
    units = rng.poisson(shares[:, :, None] * mean * np.exp(rng.normal(0, 0.05, (days, 24))))
    filtered = units.sum(axis=(0, 2)) * rng.uniform(0.01, 0.06) * np.exp(rng.normal(0, 0.6, days))
    return units.astype(float), np.round(filtered), rng.uniform(30, 150, creatives) * np.where(np.arange(creatives) == 0, rng.uniform(2, 8), 1)


def line(rng, cause, days):
    """Counts with `cause` planted, and its value (hours, creative)."""
    units, filtered, weights = ours(rng, days)
    hourly, by_creative = units.sum(axis=0), units.sum(axis=2)
    net, value = hourly.sum(axis=1), None
    if cause is Cause.TIME_ZONE:
        value = int(rng.choice([-9, -8, -6, -5, -3, 3, 5, 6, 8, 9]))
        flat = np.concatenate([np.zeros(24), hourly.ravel(), np.zeros(24)])
        theirs = flat[24 + value : 24 + value + hourly.size].reshape(-1, 24).sum(axis=1)
    elif cause is Cause.WRAPPED_TAG:
        value = int(rng.integers(len(by_creative)))
        theirs = net - rng.uniform(0.7, 1.0) * by_creative[value]
    elif cause is Cause.FILTERING:
        filtered = np.maximum(filtered, np.round(net * rng.uniform(0.08, 0.25) * np.exp(rng.normal(0, 0.4, days))))
        theirs = net + filtered
    elif cause is Cause.CREATIVE_WEIGHT:
        theirs = net - rng.uniform(0.25, 0.5) * (weights / weights.max()) @ by_creative
    elif cause is Cause.DUPLICATE_PLACEMENT:
        theirs = net * rng.choice([2, 2, 3, 0.5])
    elif cause is Cause.MISSING_DAYS:
        theirs = np.where(np.isin(np.arange(days), rng.choice(days, max(1, days // 5), replace=False)), 0, net)
    else:
        theirs = net
    theirs = np.round(theirs * (1 - rng.uniform(0, 0.03)) * np.exp(rng.normal(0, 0.006, days)))
    return Counts(hourly, theirs, filtered, by_creative, weights), value

"""Mystique (Yahoo, WWW 2024): spend error and gradient error move the rate by bounded steps, weighted by urgency."""
import numpy as np

from bench.pacing_world import Floats, Seen, Step, World

START, LEAST = 0.2, 1e-4
LEVEL, SLOPE, FLOOR = 0.025, 0.025, 0.01
RUNAWAY = 12.0


def mystique(of: World) -> Step:
    """The published update rule with the same target curve as everybody; gradients are per day."""
    chance, before = np.full(len(of.budget), START), np.zeros(len(of.budget))
    minutes = of.target.shape[1]

    def step(seen: Seen) -> Floats:
        if seen.known < 2:
            return chance
        error = seen.spent / of.budget - of.target[:, seen.known - 1]
        slope = (of.target[:, seen.known - 1] - of.target[:, seen.known - 2]) * minutes
        gradient = (seen.spent - before) / of.budget * minutes - slope
        before[:] = seen.spent
        meets = meeting(error, gradient, minutes)
        chance[:] = np.clip(chance - change(error, gradient, meets), LEAST, 1)
        runaway = (gradient > RUNAWAY) & (meets < 3600) & (error > 0)
        return np.where(runaway, 0, chance)

    return step


def meeting(error: Floats, gradient: Floats, minutes: int) -> Floats:
    """Minutes until spend meets its curve at this gradient; negative when they part."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(np.abs(gradient) < 1e-9, minutes + 1.0, -minutes * error / gradient)


def change(error: Floats, gradient: Floats, meets: Floats) -> Floats:
    """Weighted sum of the step against the spend error and the step against the gradient error."""
    weight = np.where(meets < 0, 0.5, np.minimum(0.9, 0.2 * meets))
    level = LEVEL * np.minimum(1, np.abs(error) / 0.25)
    slope = np.maximum(FLOOR, SLOPE * np.minimum(1, np.abs(gradient)) / 1.5)
    return np.asarray(weight * level * np.sign(error) + (1 - weight) * slope * np.sign(gradient))

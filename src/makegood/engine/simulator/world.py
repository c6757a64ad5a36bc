"""A world to simulate: traffic by step and cell, flights with dates, goals and throttles. Data only, checked once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from makegood.engine.simulator.terms import Edges, Flights, Floats, SimulationInvalid


@dataclass(frozen=True, slots=True, eq=False)
class World:
    """T steps (hours, days), C cells, J flights named by `names`.

    `requests[t, c]` are means that draws are Poisson around, or whole counts when `recorded`. `live[t, j]` is the part
    of step t in which flight j may serve (0 outside its dates), `throttle[t, j]` its pacing. It stops at `goal[j]`
    counted impressions (np.inf: never), of which it has `delivered[j]`; `counted[j]` of what it serves counts.
    """

    names: tuple[str, ...]
    edges: Edges
    flights: Flights
    requests: Floats
    live: Floats
    throttle: Floats
    goal: Floats
    delivered: Floats
    counted: Floats
    recorded: bool = False

    def __post_init__(self) -> None:
        steps, cells, count = len(self.requests), len(self.edges.first) - 1, len(self.names)
        for name, got, wanted in (
            ("requests", self.requests.shape, (steps, cells)),
            ("live", self.live.shape, (steps, count)),
            ("throttle", self.throttle.shape, (steps, count)),
            *((name, getattr(self, name).shape, (count,)) for name in ("goal", "delivered", "counted")),
            *((f"flights.{name}", column.shape, (count,)) for name, column in self.flights._asdict().items()),
        ):
            if got != wanted:
                raise SimulationInvalid(f"{name}: shape {got}, expected {wanted} (steps, cells, flights)")
        for name, column, most in (
            ("live", self.live, 1.0),
            ("counted", self.counted, 1.0),
            ("goal", self.goal, np.inf),
        ):
            self._check_flights(name, column, most)

    def _check_flights(self, name: str, column: Floats, most: float) -> None:
        wrong = ~((column >= 0) & (column <= most))
        if wrong.any():
            flight = int(np.argwhere(wrong)[0][-1])
            raise SimulationInvalid(
                f"flight {self.names[flight]}: {name} {column[wrong][0]} is not between 0 and {most}"
            )

    def number(self, name: str) -> int:
        """The column of a flight. Raises SimulationInvalid for a name that is not here."""
        if name not in self.names:
            raise SimulationInvalid(f"flight {name} is not in this world of {len(self.names)} flights")
        return self.names.index(name)


def world(
    names: tuple[str, ...], edges: Edges, flights: Flights, requests: Floats, goal: Floats, *, recorded: bool = False
) -> World:
    """A world in which every flight is live all the time, unthrottled, with nothing delivered; all impressions count."""
    on, count = np.ones((len(requests), len(names))), len(names)
    return World(names, edges, flights, requests, on, on, goal, np.zeros(count), np.ones(count), recorded)

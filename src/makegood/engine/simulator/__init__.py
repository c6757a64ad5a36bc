"""Simulator: the decision's own rule over sampled or recorded traffic, at any speed of the clock.

Steps drawn or as mean flows, worlds with faults as data, projections and what-ifs; randomness is passed in.
"""

from makegood.engine.simulator import faults
from makegood.engine.simulator.core import Step, serve_step, shares
from makegood.engine.simulator.projection import Finishes, Uncertainty, project
from makegood.engine.simulator.scenario import Controller, Run, changed, simulate
from makegood.engine.simulator.terms import Edges, Flights, SimulationInvalid, edges, from_plan, guaranteed, of_graph
from makegood.engine.simulator.world import World, world

__all__ = [
    "Controller",
    "Edges",
    "Finishes",
    "Flights",
    "Run",
    "SimulationInvalid",
    "Step",
    "Uncertainty",
    "World",
    "changed",
    "edges",
    "faults",
    "from_plan",
    "guaranteed",
    "of_graph",
    "project",
    "serve_step",
    "shares",
    "simulate",
    "world",
]

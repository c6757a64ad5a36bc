"""Diagnosis: a flight's shortfall against expectation taken apart into causes that add up to it exactly.

By counterfactual replays of the flight's own daily facts or of its simulated world. Measuring lives upstream.
"""

from makegood.engine.causes import Cause
from makegood.engine.diagnosis.findings import Diagnosis, Finding
from makegood.engine.diagnosis.flight import LOST, STOPPED, FlightFacts, diagnose
from makegood.engine.diagnosis.movers import DiagnosisInvalid, Dimension, Mover, movers, of_cube
from makegood.engine.diagnosis.replay import explain

__all__ = [
    "LOST",
    "STOPPED",
    "Cause",
    "Diagnosis",
    "DiagnosisInvalid",
    "Dimension",
    "Finding",
    "FlightFacts",
    "Mover",
    "diagnose",
    "explain",
    "movers",
    "of_cube",
]

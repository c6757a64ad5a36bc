"""Pacing: delivered against expected on the traffic curve, the projected finish, its state, and the correction.

Arithmetic on counts; facts and flights live upstream.
"""

from makegood.engine.pacing.curve import expected, needed_per_day, osi
from makegood.engine.pacing.projection import Projection, project, revenue_at_risk
from makegood.engine.pacing.state import Assessment, Bands, State, assess
from makegood.engine.pacing.throttle import Feedback, Gains, feed_forward, throttle

__all__ = [
    "Assessment",
    "Bands",
    "Feedback",
    "Gains",
    "Projection",
    "State",
    "assess",
    "expected",
    "feed_forward",
    "needed_per_day",
    "osi",
    "project",
    "revenue_at_risk",
    "throttle",
]

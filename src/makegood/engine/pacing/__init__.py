"""Pacing: delivered against expected on the traffic curve, the projected finish, its state, and the correction.

Arithmetic on counts; facts and flights live upstream.
"""

from makegood.engine.pacing.control import Memory, Report, ReportInvalid, Tuning, begin, step
from makegood.engine.pacing.correction import Standings, asked
from makegood.engine.pacing.course import Course, CourseInvalid, course
from makegood.engine.pacing.curve import expected, needed_per_day, osi
from makegood.engine.pacing.projection import Projection, project, revenue_at_risk
from makegood.engine.pacing.replanning import CountInvalid, corrected, levels, owed
from makegood.engine.pacing.state import Assessment, Bands, State, assess

__all__ = [
    "Assessment",
    "Bands",
    "CountInvalid",
    "Course",
    "CourseInvalid",
    "Memory",
    "Projection",
    "Report",
    "ReportInvalid",
    "Standings",
    "State",
    "Tuning",
    "asked",
    "assess",
    "begin",
    "corrected",
    "course",
    "expected",
    "levels",
    "needed_per_day",
    "osi",
    "owed",
    "project",
    "revenue_at_risk",
    "step",
]

"""What templates are given: frozen values that know their own geometry. No queries, no HTML, no colours but names of states."""

from makegood.interfaces.web.components.chart import Chart
from makegood.interfaces.web.components.choices import Choice, Crumb, FilterChip, Tab
from makegood.interfaces.web.components.document import Box, Page, Sheet, SheetCell
from makegood.interfaces.web.components.explanation import Explanation, Term
from makegood.interfaces.web.components.facts import Comment, Empty, Event, Fact, Stat
from makegood.interfaces.web.components.hanging import HangingSum, Waterfall
from makegood.interfaces.web.components.promise import Promise
from makegood.interfaces.web.components.timeline import Flight, Lane, Timeline

__all__ = [
    "Box", "Chart", "Choice", "Comment", "Crumb", "Empty", "Event", "Explanation", "Fact", "FilterChip", "Flight", "HangingSum",
    "Lane", "Page", "Promise", "Sheet", "SheetCell", "Stat", "Tab", "Term", "Timeline", "Waterfall",
]  # fmt: skip

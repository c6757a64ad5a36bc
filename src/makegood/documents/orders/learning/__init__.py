"""Layouts learnt from what people corrected: a document's fixed texts, where each corrected value stands, what a column holds.

Data in, data out: which corrections are kept, for whom and since when is decided where orders are stored.
"""
from makegood.documents.orders.learning.applying import ALIKE, Effect, applied, closest
from makegood.documents.orders.learning.layout import Learnt, Rule, fixed, likeness
from makegood.documents.orders.learning.rules import column_of, rule_for

__all__ = ["ALIKE", "Effect", "Learnt", "Rule", "applied", "closest", "column_of", "fixed", "likeness", "rule_for"]

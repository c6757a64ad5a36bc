"""Rule sets of counting: data with a version and the day they start. Shipped ones lie here, a seller's own in a folder of theirs.

A set is kept in the database as it was first used, so that an old day can always be counted by its old rules.
"""

from makegood.delivery.rulesets.keeping import RuleSets, load

__all__ = ["RuleSets", "load"]

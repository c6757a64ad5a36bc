"""Creative specs: facts of a file against a versioned profile give findings and a verdict.
Pure: files are opened and probed in documents.creatives.
"""

from makegood.engine.specs.checking import Need, check, needs
from makegood.engine.specs.facts import Facts, kind_of
from makegood.engine.specs.findings import Finding, verdict, worst
from makegood.engine.specs.profile import BadProfile, Profile, Requirement
from makegood.engine.specs.registry import UnknownProfile, by_code, choose, profiles

__all__ = [
    "BadProfile", "Facts", "Finding", "Need", "Profile", "Requirement", "UnknownProfile", "by_code", "check", "choose",
    "kind_of", "needs", "profiles", "verdict", "worst",
]  # fmt: skip

"""All rules a profile may name, by code, and those that hold for every file.
A rule says how to compare; the numbers are the profile's.
"""

from makegood.engine.specs.profile import Requirement
from makegood.engine.specs.rules import bundle, display, general, sound, vast, video, watched, wording
from makegood.engine.specs.rules.rule import Rule

RULES: dict[str, Rule] = {
    rule.code: rule for module in (general, display, bundle, sound, video, watched, vast, wording) for rule in module.RULES
}

HOUSE = (
    Requirement("hidden_content", True, "block", "Makegood file safety", "2026-11"),
    Requirement("file_name", True, "warn", "Makegood file safety", "2026-11"),
    Requirement("no_vpaid", True, "block", "IAB Tech Lab: VPAID withdrawn with VAST 4.1", "2018-11"),
    Requirement("vast_structure", True, "block", "IAB Tech Lab VAST 2.0-4.3", "2022-12"),
    Requirement("vast_schema", True, "info", "IAB Tech Lab VAST schemas 2.0-4.2", "2019-06"),
    Requirement("vast_macros", True, "warn", "IAB Tech Lab VAST 4.3, macros", "2022-12"),
    Requirement("vast_linear", True, "block", "Makegood ad server: players ask for linear ads", "2026-11"),
    Requirement("max_flashes", 3, "block", "ITU-R BT.1702-2 and WCAG 2.2, 2.3.1: photosensitive seizures", "2023-10"),
    Requirement("watched", True, "info", "Makegood file safety", "2026-11"),
    Requirement("interactive", True, "info", "IAB Tech Lab SIMID", "2019-04"),
)

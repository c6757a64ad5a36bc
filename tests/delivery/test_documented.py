"""Every reason, key of a rule set and cause stands in the reference."""

import pathlib

from makegood.delivery.rulesets import reading
from makegood.engine.counting import REASONS
from makegood.engine.discrepancy import CAUSES

TEXT = (pathlib.Path(__file__).parents[2] / "docs" / "reference" / "counting.md").read_text()


def test_everything_stands_in_the_reference():
    named = [*REASONS, *sorted(reading.NAMES), *CAUSES]
    assert [name for name in named if f"`{name}`" not in TEXT] == []

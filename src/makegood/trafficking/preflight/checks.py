"""One comparison of one field over the sources that have it."""

import dataclasses
from typing import Any

BLOCK, WARN = "block", "warn"


@dataclasses.dataclass(frozen=True)
class Check:
    """`signed`, `system` and `plan` are the field in words; None where a source does not speak of it."""

    flight_id: int
    subject: str
    field: str
    signed: str | None
    system: str | None
    plan: str | None
    severity: str = BLOCK
    fix: str = ""

    @property
    def equal(self) -> bool:
        """All sources that have the field say the same."""
        return len({value for value in (self.signed, self.system, self.plan) if value is not None}) <= 1

    def to_json(self) -> dict[str, Any]:
        """As kept in a QA run."""
        return vars(self) | {"equal": self.equal}


def compared(
    flight_id: int,
    subject: str,
    fields: dict[str, tuple[str | None, str | None, str | None]],
    severity: str = BLOCK,
    fix: str = "",
) -> list[Check]:
    """A check for each field spoken of by two sources or more."""
    made = [Check(flight_id, subject, field, *values, severity=severity, fix=fix) for field, values in fields.items()]
    return [check for check in made if sum(value is not None for value in (check.signed, check.system, check.plan)) > 1]


def failing(checks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Stored checks that stand in the way."""
    return [check for check in checks if not check["equal"] and check["severity"] == BLOCK]


def binding(checks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Stored checks a QA run vouches for: what is only shown may change without asking for it again."""
    return [check for check in checks if check["severity"] == BLOCK]

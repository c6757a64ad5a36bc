"""A spec profile: versioned requirements, each with value, severity, source and date. Data, never a constant in code.
What a requirement means is in `rules`; here it is only kept, read from JSON and written to JSON.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from makegood.engine.specs.findings import SEVERITIES


class BadProfile(ValueError):
    """A profile that cannot be used; the message names the profile and the requirement."""


@dataclass(frozen=True, slots=True)
class Rival:
    """What another source demands instead; kept beside the demand that is followed, never dropped."""

    value: Any
    source: str
    dated: str


@dataclass(frozen=True, slots=True)
class Requirement:
    """One demand: ``rule`` names it, ``value`` is its number, list or table, ``dated`` when the source said so."""

    rule: str
    value: Any
    severity: str
    source: str
    dated: str
    rivals: tuple[Rival, ...] = ()

    @property
    def cited(self) -> str:
        """The source with its date, as a finding prints it."""
        return f"{self.source}, {self.dated}" if self.dated else self.source


@dataclass(frozen=True, slots=True)
class Profile:
    """What one seller takes for one unit. ``accepts`` lists the kinds of file: image, html5, audio, video, vast, native.

    ``seller`` and ``path`` (how it is bought: direct, programmatic) are empty where the profile is anybody's.
    """

    code: str
    version: int
    name: str
    format: str
    accepts: tuple[str, ...]
    requirements: tuple[Requirement, ...]
    seller: str = ""
    path: str = ""

    def value(self, rule: str) -> Any:
        """The demanded value of ``rule``, None when this profile says nothing about it."""
        return next((need.value for need in self.requirements if need.rule == rule), None)

    @property
    def sizes(self) -> tuple[str, ...]:
        """Accepted sizes as ``WIDTHxHEIGHT``; empty when the profile names none."""
        return tuple(self.value("sizes") or ())

    @property
    def durations_s(self) -> tuple[float, ...]:
        """Accepted lengths in seconds; empty when the profile names none."""
        return tuple((self.value("durations") or {}).get("seconds", ()))

    @property
    def max_weight_kb(self) -> float | None:
        """The heaviest file taken, in KB of 1,024 bytes."""
        return self.value("max_weight_kb")  # type: ignore[no-any-return]

    @property
    def label(self) -> str:
        """Code and version, as an approval binds it."""
        return f"{self.code}@{self.version}"

    def to_json(self) -> dict[str, Any]:
        """Plain values, complete."""
        return {**asdict(self), "accepts": list(self.accepts), "requirements": [asdict(n) for n in self.requirements]}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Profile:
        """The profile that `to_json` wrote. Raises BadProfile naming the field."""
        code = data.get("code", "profile without a code")
        try:
            needs = tuple(_requirement(need) for need in data["requirements"])
            profile = cls(
                code=data["code"], version=data["version"], name=data["name"], format=data["format"],
                accepts=tuple(data["accepts"]), requirements=needs, seller=data.get("seller", ""), path=data.get("path", ""),
            )  # fmt: skip
        except (KeyError, TypeError) as wrong:
            raise BadProfile(f"{code}: {wrong}") from wrong
        for need in needs:
            if need.severity not in SEVERITIES:
                raise BadProfile(f"{code}: {need.rule}: severity {need.severity!r}; use {', '.join(SEVERITIES)}")
        return profile


def _requirement(data: dict[str, Any]) -> Requirement:
    return Requirement(**{**data, "rivals": tuple(Rival(**one) for one in data.get("rivals", ()))})

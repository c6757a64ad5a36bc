"""One file of the corpus: how it is written, the profile it is held against, and the fault planted in it, if any."""
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from makegood.documents.creatives.samples import Brand
from makegood.engine import specs
from makegood.engine.specs.facts import KINDS
from makegood.engine.specs.profile import Profile, Requirement

BRANDS = (Brand("Halden Outdoor", "Walk further this autumn", "See the boots", "#a4402a"), Brand("Oatfield Foods", colour="#3d7a2e"),
          Brand("Meridian Bank", "Savings that keep up", "Open an account", "#1d4f91"), Brand("Kestrel Travel", "Lisbon from 89", "Book now", "#7a3e8c"))


@dataclass(frozen=True)
class Case:
    """`write` puts the file at the path it is given. A good file has no `rule`; a bad one breaks `rule` at a place whose
    name holds `where`, and may break the rules of `also`, which go with that fault and no other.
    """

    name: str
    profile: str | Profile
    write: Callable[[Path], object]
    rule: str = ""
    where: str = ""
    also: tuple[str, ...] = ()

    @property
    def held_against(self) -> Profile:
        """The profile itself."""
        return specs.by_code(self.profile) if isinstance(self.profile, str) else self.profile


def demands(rule: str, value: object, severity: str = "block") -> Profile:
    """A seller's own profile with this one demand, for what no shipped profile asks."""
    return Profile(f"own-{rule}", 1, "A seller's own", "any", tuple(KINDS), (Requirement(rule, value, severity, "Seller", "2026-11"),))

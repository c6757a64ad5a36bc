"""Who does what in one order's life: the personas of the work, never the same person where two are asked for."""

import dataclasses

from makegood.core.errors import Refused
from makegood.core.models import Person, Role


@dataclasses.dataclass(frozen=True)
class Crew:
    """Maker, signer, trafficker, second pair of eyes, reviewer, lead, finance."""

    account_manager: Person
    campaign_manager: Person
    trafficker: Person
    reviewer: Person
    lead: Person
    finance: Person
    leadership: Person

    @classmethod
    def muster(cls) -> "Crew":
        """One person of each role. Raises Refused naming the roles nobody has."""
        found = {role: _one(role) for role in ROLES}
        missing = [str(Role(role).label) for role, person in found.items() if person is None]
        if missing:
            raise Refused(
                f"nobody here is {', '.join(missing).lower()}.", place="people",
                remedy="Add them with `makegood people add`, or try it in the demo: `makegood demo`.",
            )  # fmt: skip
        return cls(**{role: person for role, person in found.items() if person})

    def approver(self, roles: list[str], makers: set[int]) -> Person:
        """Who may decide an approval: of its roles, and no maker. Raises Refused when nobody is."""
        people = Person.objects.filter(is_active=True, agent_for=None, roles__overlap=roles).exclude(pk__in=makers).order_by("pk")
        found = people.first()
        if found is None:
            raise Refused("nobody may decide it who did not make it.", place=", ".join(roles), remedy="Add a person of that role.")
        return found


ROLES = tuple(field.name for field in dataclasses.fields(Crew))


def _one(role: str) -> Person | None:
    return Person.objects.filter(is_active=True, agent_for=None, roles__contains=[role]).order_by("pk").first()

"""Who works at the demo seller: fourteen people in three teams and one software agent."""

import dataclasses

from django.contrib.auth.hashers import make_password

from makegood.core.models import Person, Role, Team

AM, CM, TR, RV = Role.ACCOUNT_MANAGER, Role.CAMPAIGN_MANAGER, Role.TRAFFICKER, Role.REVIEWER
PEOPLE = (  # name, title, roles, team, skills, hours a week
    ("Dana Whitfield", "Senior account manager", (AM,), "Client services", ("retail", "food"), "37.5"),
    ("Luis Ferrer", "Account manager", (AM,), "Client services", ("finance", "telecom"), "37.5"),
    ("Hana Sato", "Account manager", (AM,), "Client services", ("travel", "audio"), "30"),
    ("Priya Raman", "Campaign manager", (CM,), "Client services", ("display", "audio"), "37.5"),
    ("Grace Lim", "Campaign manager", (CM,), "Client services", ("retail media",), "37.5"),
    ("Ben Achterberg", "Campaign manager", (CM,), "Client services", ("video",), "37.5"),
    ("Ruth Delgado", "Head of client services", (Role.LEAD,), "Client services", ("policy", "escalations"), "40"),
    ("Tomas Okafor", "Ad operations", (TR,), "Ad operations", ("tags", "VAST"), "37.5"),
    ("Nadia Kowalski", "Ad operations", (TR,), "Ad operations", ("HTML5", "audio"), "37.5"),
    ("Mei Lindqvist", "Creative and policy review", (RV,), "Ad operations", ("finance rules", "audio"), "37.5"),
    ("Owen Park", "Sales director", (Role.SALES,), "Sales and finance", ("agencies",), "37.5"),
    ("Jonas Abel", "Finance", (Role.FINANCE,), "Sales and finance", ("billing",), "37.5"),
    ("Ines Moreau", "Chief revenue officer", (Role.LEADERSHIP,), "Sales and finance", (), "40"),
    ("Sam Keller", "Administrator", (Role.ADMIN,), "Ad operations", (), "20"),
)
AGENT = ("Copilot", "Software agent of Priya Raman", "Priya Raman")
DOMAIN = "northlight.example"


@dataclasses.dataclass(frozen=True)
class Cast:
    """People by first name; `sign_in` is the hash of the password they share."""

    people: dict[str, Person]
    sign_in: str

    def __getitem__(self, first: str) -> Person:
        return self.people[first]

    def of(self, role: str) -> list[Person]:
        """Everybody of a role, in the order they are listed."""
        return [person for person in self.people.values() if role in person.roles and person.agent_for_id is None]


def hire(password: str) -> Cast:
    """Create them all; each signs in with `password`, the agent does not."""
    found: dict[str, Person] = {}
    sign_in = make_password(password)  # once for all: a hash is dear by design
    for name, title, roles, team_name, skills, hours in PEOPLE:
        team, _ = Team.objects.get_or_create(name=team_name)
        found[name.split()[0]] = Person.objects.create(
            email=address(name), password=sign_in, name=name, title=title, roles=list(roles), team=team, skills=list(skills),
            hours_per_week=hours,
        )  # fmt: skip
    name, title, principal = AGENT
    owner = found[principal.split()[0]]
    found[name] = Person.objects.create_user(
        f"{name.lower()}@{DOMAIN}", None, name=name, title=title, roles=owner.roles, team=owner.team, agent_for=owner
    )
    return Cast(found, sign_in)


def address(name: str, domain: str = DOMAIN) -> str:
    """first.last@domain."""
    return f"{'.'.join(name.lower().split())}@{domain}"

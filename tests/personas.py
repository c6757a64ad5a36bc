"""The people of every story: one of each role, a client and a rival client."""

import pytest

from makegood.core.models import Membership, Party, Person, Role


def person(name: str, *roles: str, **more: object) -> Person:
    """A person with an address made from the name and the password 'makegood-demo'."""
    email = name.lower().replace(" ", ".") + "@example.com"
    return Person.objects.create_user(email, "makegood-demo", name=name, roles=list(roles), **more)


def _staff(name: str, role: Role):
    @pytest.fixture(name=role.value)
    def fixture(db: None) -> Person:
        return person(name, role)

    return fixture


account_manager = _staff("Dana Whitfield", Role.ACCOUNT_MANAGER)
campaign_manager = _staff("Priya Raman", Role.CAMPAIGN_MANAGER)
trafficker = _staff("Tomas Okafor", Role.TRAFFICKER)
reviewer = _staff("Mei Lindqvist", Role.REVIEWER)
lead = _staff("Ruth Delgado", Role.LEAD)
sales = _staff("Owen Park", Role.SALES)
finance = _staff("Jonas Abel", Role.FINANCE)
leadership = _staff("Ines Moreau", Role.LEADERSHIP)
admin = _staff("Sam Keller", Role.ADMIN)


def client_of(party: Party, name: str) -> Person:
    """A client contact who sees `party`'s records only."""
    contact = person(name, Role.CLIENT)
    Membership.objects.create(person=contact, party=party)
    return contact

"""The people of every story: one of each role, a client and a rival client."""

from collections.abc import Iterator

import pytest
import time_machine

from makegood.core.models import Membership, Party, Person, Role
from tests.factories.accounts import NOW


def person(name: str, *roles: str, **more: object) -> Person:
    """A person with an address made from the name and the password 'makegood-demo'."""
    email = name.lower().replace(" ", ".") + "@example.com"
    return Person.objects.create_user(email, "makegood-demo", name=name, roles=list(roles), **more)


@pytest.fixture
def story_day() -> Iterator[None]:
    """The clock of the factories' story (a Monday, ten o'clock in New York), for pages that ask what time it is: whatever day the tests run on, its orders are ahead."""
    with time_machine.travel(NOW, tick=True):
        yield


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

"""Who there is, as sign-in and pickers ask."""

from makegood.core.models import Person, Role, Seller


def seller_name() -> str:
    """The seller's name, or the product's before there is one."""
    return Seller.objects.values_list("name", flat=True).first() or "Makegood"


def role_names(person: Person) -> str:
    """The roles in words."""
    return ", ".join(str(Role(role).label) for role in person.roles)


def demo_list() -> list[Person]:
    """Active people who can sign in: the seller's in the order of roles, then clients."""
    order = {role: number for number, role in enumerate(Role.values)}
    found = [person for person in Person.objects.filter(is_active=True, agent_for=None) if person.has_usable_password()]
    return sorted(found, key=lambda person: (min((order[role] for role in person.roles), default=99), person.name))

"""People at the client: adding them and giving them a sign-in that sees their parties only."""

import datetime
from collections.abc import Iterable

from makegood.accounts.models import Account, Contact
from makegood.core import activity, permissions, verbs
from makegood.core.errors import Invalid, Refused
from makegood.core.models import Membership, Person, Role


@verbs.whole
def add_contact(
    account: Account, name: str, *, by: Person | None, at: datetime.datetime, email: str = "", phone: str = "", does: str = "",
    roles: Iterable[str] = (),
) -> Contact:
    """A person at the client; one of the same address there already is returned as it is."""
    permissions.check(by, "accounts.add_contact", account)
    if not name.strip():
        raise Invalid("a contact needs a name.", place=str(account), remedy="Give first and last name.")
    strange = sorted(set(roles) - set(Contact.Role.values))
    if strange:
        raise Invalid(f"{', '.join(strange)} is no role of a contact.", place="roles", remedy=f"Use {', '.join(Contact.Role.values)}.")
    known = account.contacts.filter(email__iexact=email).first() if email else None
    if known:
        return known
    contact = Contact.objects.create(account=account, name=name.strip(), email=email.lower(), phone=phone, does=does, roles=sorted(set(roles)))
    activity.record(account, "account.contact_added", by=by, at=at, after={"name": contact.name, "does": does, "roles": contact.roles})
    return contact


@verbs.whole
def set_roles(contact: Contact, roles: Iterable[str], *, by: Person | None, at: datetime.datetime) -> Contact:
    """What the contact is for us: buyer, signer, billing, creative, or several of them."""
    permissions.check(by, "accounts.add_contact", contact.account)
    wanted = sorted(set(roles))
    if set(wanted) - set(Contact.Role.values):
        raise Invalid(f"{', '.join(wanted)}: one of them is no role of a contact.", place="roles", remedy=f"Use {', '.join(Contact.Role.values)}.")
    if wanted != contact.roles:
        Contact.objects.filter(pk=contact.pk).update(roles=wanted)
        activity.record(contact.account, "account.contact_roles", by=by, at=at, before={"roles": contact.roles}, after={"name": contact.name, "roles": wanted})
        contact.roles = wanted
    return contact


@verbs.whole
def invite(contact: Contact, *, by: Person | None, at: datetime.datetime) -> Person:
    """Give the contact a sign-in to its account's campaigns. The mail is sent by whoever calls; no password is set."""
    permissions.check(by, "accounts.invite", contact.account)
    if not contact.email:
        raise Invalid(f"{contact} has no e-mail address.", place=str(contact.account), remedy="Add the address first.")
    person = Person.objects.filter(email=contact.email.lower()).first()
    if person and not person.is_client:
        raise Refused(f"{contact.email} belongs to one of our own people.", place=str(contact), remedy="Use the client's address.")
    if person is None:
        person = Person.objects.create_user(contact.email, None, name=contact.name, roles=[Role.CLIENT])
    Membership.objects.get_or_create(person=person, party_id=contact.account_id)
    Contact.objects.filter(pk=contact.pk).update(person=person)
    contact.person = person
    activity.record(contact.account, "account.contact_invited", by=by, at=at, after={"email": contact.email})
    return person

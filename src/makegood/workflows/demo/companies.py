"""The demo's advertisers and agencies, their contacts, and who buys for whom. Data and one function that opens them."""

import datetime
from decimal import Decimal

from makegood.accounts.actions import accounts, contacts, relations
from makegood.accounts.models import Account
from makegood.core.models import Membership, Person
from makegood.workflows.demo.cast import Cast

AGENCIES = (  # name, owner, payment days, credit limit, contact who signs, contact who pays
    ("Fenwick & Rowe", "Dana", 30, 900_000, "Lena Ortiz", "Piotr Hale"),
    ("Parallel Media", "Luis", 45, 1_200_000, "Marcus Webb", "Ella Grant"),
    ("Compass North", "Hana", 30, 600_000, "Yara Haddad", "Tim Osei"),
    ("Tidewater Collective", "Dana", 30, 400_000, "Noor Aziz", "Carla Ruiz"),
    ("Bright Signal", "Hana", 60, 500_000, "Felix Brandt", "Joan Tse"),
)
ADVERTISERS = (  # name, category, owner, agency, contact, colour, headline, button
    ("Oatfield Foods", "Food", "Dana", "Fenwick & Rowe", "Amara Cole", "#8a5a19", "Mornings, slower", "Find a bowl"),
    ("Lumen Telecom", "Telecom", "Luis", "Parallel Media", "Dev Kapoor", "#3b2a8c", "Fibre that keeps up", "Check your street"),
    ("Solstice Energy", "Energy", "Luis", "Parallel Media", "Rosa Lind", "#b3541e", "Heat pumps, fitted by spring", "Get a quote"),
    ("Velo City Bikes", "Automotive", "Hana", "Compass North", "Finn Mercer", "#0b6e6e", "The commute, solved", "Try one"),
    ("Brightwater Bank", "Banking", "Luis", "", "Claire Dumont", "#0d2440", "Harbour Saver", "Open one"),
    ("Aurelia Cosmetics", "Beauty", "Dana", "Fenwick & Rowe", "Sofia Marin", "#8c2f5c", "Glow, all winter", "See the shades"),
    ("Kestrel Outdoor", "Apparel", "Hana", "Compass North", "Jude Harlan", "#2f5d34", "Winter trails await", "Gear up"),
    ("Harbor & Vine", "Drinks", "Dana", "Parallel Media", "Milo Reyes", "#6b1f33", "Gifts worth pouring", "Shop gifts"),
    ("Meridian Rail", "Travel", "Hana", "Parallel Media", "Ada Novak", "#1f4e79", "Winter getaways from $39", "Book a seat"),
    ("Pinecone Toys", "Toys", "Dana", "Tidewater Collective", "Gil Santos", "#a6331f", "Play that lasts", "See the toys"),
    ("Tidal Credit Union", "Banking", "Luis", "", "Wren Palmer", "#0e5a64", "Save with your neighbours", "Join us"),
    ("Northfold Furniture", "Home", "Dana", "Tidewater Collective", "Ivo Klein", "#5a4632", "Rooms that breathe", "Look inside"),
    ("Cobalt Insurance", "Insurance", "Luis", "Bright Signal", "Nell Archer", "#1b3f8f", "Cover in four minutes", "Get covered"),
    ("Larkspur Travel", "Travel", "Hana", "Bright Signal", "Omar Said", "#3c6b9e", "Somewhere warmer", "Find a trip"),
    ("Juniper Health", "Health", "Hana", "Compass North", "Tess Obi", "#2c7a5b", "Care, close by", "Book a visit"),
    ("Stonebridge Motors", "Automotive", "Luis", "Bright Signal", "Karl Voss", "#3a3f47", "Electric, every day", "Test drive"),
    ("Fable Streaming", "Entertainment", "Hana", "Tidewater Collective", "June Abara", "#4a1f6b", "Stories tonight", "Start watching"),
    ("Greenlane Grocers", "Food", "Dana", "", "Pia Moretti", "#3f6f1f", "Dinner, sorted", "Order now"),
    ("Halcyon Hotels", "Travel", "Hana", "Fenwick & Rowe", "Raj Menon", "#7a6020", "Stay a little longer", "Check rooms"),
    ("Quill & Co", "Office", "Dana", "Tidewater Collective", "Beth Ansel", "#38507a", "Paper people love", "See the range"),
)
PORTAL = ("Lena Ortiz", "Amara Cole", "Marcus Webb", "Claire Dumont", "Wren Palmer", "Yara Haddad")  # these sign in
ALIASES = {"Meridian Rail": "Meridian Rail Group", "Lumen Telecom": "Lumen Telecommunications Inc", "Fenwick & Rowe": "Fenwick and Rowe Media LLC"}


def domain(name: str) -> str:
    """A company's own domain, reserved for examples."""
    return "".join(letter for letter in name.split()[0].lower() if letter.isalnum()) + ".example"


def open_all(cast: Cast, *, at: datetime.datetime) -> dict[str, Account]:
    """Open every account with its contacts and aliases; the portal's contacts can sign in. By name."""
    found: dict[str, Account] = {}
    for name, owner, days, limit, *people in AGENCIES:
        found[name] = accounts.create(
            name, "agency", by=None, at=at, owner=cast[owner], payment_days=days, credit_limit=Decimal(limit), legal_name=f"{name} LLC",
            billing_email=f"payables@{domain(name)}", address="210 Franklin St\nNew York, NY 10013", domains=[domain(name)],
        )  # fmt: skip
        _contacts(found[name], people, ("Buyer", "Accounts payable"), cast, at)
    for name, category, owner, agency, contact, *_ in ADVERTISERS:
        found[name] = accounts.create(
            name, "advertiser", by=None, at=at, owner=cast[owner], category=category, domains=[domain(name)], legal_name=f"{name} Inc",
            credit_limit=Decimal(400_000), billing_email=f"ap@{domain(name)}", address="18 Wharf Road\nBoston, MA 02110",
        )  # fmt: skip
        _contacts(found[name], (contact,), ("Brand manager",), cast, at)
        if agency:
            relations.represent(found[agency], found[name], commission_pct=Decimal(15), start=at.date(), by=cast[owner], at=at)
    for name, alias in ALIASES.items():
        accounts.learn_alias(found[name], alias, by=found[name].owner, at=at)
    return found


def _contacts(account: Account, names: tuple[str, ...], does: tuple[str, ...], cast: Cast, at: datetime.datetime) -> None:
    """The first of them buys and signs."""
    for number, (name, work) in enumerate(zip(names, does, strict=True)):
        email = f"{'.'.join(name.lower().split())}@{domain(str(account))}"
        contact = contacts.add_contact(account, name, by=account.owner, at=at, email=email, does=work, roles=() if number else ("buyer", "signer"))
        if name in PORTAL:
            person = contacts.invite(contact, by=cast["Ruth"], at=at)
            person.title = f"{work}, {account}"
            person.password = cast.sign_in
            person.save(update_fields=["password", "title"])


def signer(account: Account) -> tuple[str, Person | None]:
    """Who signs for a client: the name, and the person when it has a sign-in."""
    contact = account.contacts.order_by("pk").select_related("person").first()
    return (contact.name, contact.person) if contact else (str(account), None)


def lets_agencies_in(found: dict[str, Account]) -> None:
    """Contacts of an agency see the advertisers it buys for."""
    for name, _, _, agency, *_ in ADVERTISERS:
        if agency:
            for membership in Membership.objects.filter(party_id=found[agency].pk):
                Membership.objects.get_or_create(person=membership.person, party_id=found[name].pk)

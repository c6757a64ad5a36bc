"""Who sells and who is billed, as they stand on a document. Frozen copies, not accounts."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Party:
    """A company as it is addressed: `address` is one string per line of the envelope."""

    name: str
    address: tuple[str, ...] = ()
    tax_id: str = ""
    contact: str = ""
    reference: str = ""


@dataclass(frozen=True, kw_only=True)
class Seller(Party):
    """The seller: also how to reach it, where to pay (label and value pairs), and its paper size."""

    email: str = ""
    phone: str = ""
    bank: tuple[tuple[str, str], ...] = ()
    paper: str = "us-letter"


def block(party: Party) -> dict[str, object]:
    """What a template needs to place `party`."""
    return {
        "name": party.name,
        "lines": [*([party.contact] if party.contact else []), *party.address],
        "tax": party.tax_id,
        "reference": party.reference,
    }


def letterhead(seller: Seller) -> dict[str, object]:
    """What a template needs for the head and foot of every page."""
    reach = [text for text in (seller.email, seller.phone) if text]
    return {
        **block(seller),
        "reach": reach,
        "bank": [list(pair) for pair in seller.bank],
        "paper": seller.paper,
    }

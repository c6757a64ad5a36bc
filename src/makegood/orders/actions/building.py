"""An order made from a finished import: head, lines, flights. Part of the import's one transaction."""

import dataclasses
import datetime
import re

from makegood.catalog.models import Product
from makegood.core.errors import Invalid
from makegood.core.models import Person, Role
from makegood.orders.actions import drafting, lines
from makegood.orders.checking import State
from makegood.orders.models import Order, OrderImport


@dataclasses.dataclass(frozen=True)
class People:
    """Who will look after the order."""

    account_manager: Person
    campaign_manager: Person
    trafficker: Person | None

    @classmethod
    def of(
        cls, received: OrderImport, by: Person | None, account_manager: Person | None, campaign_manager: Person | None,
        trafficker: Person | None,
    ) -> "People":  # fmt: skip
        """Those named, else the account's owner and whoever imports. Invalid when nobody is known."""
        owner = received.advertiser.owner if received.advertiser else None
        account = account_manager or owner or by
        campaign = campaign_manager or (by if by and by.has_role(Role.CAMPAIGN_MANAGER) else None) or account
        if account is None or campaign is None:
            raise Invalid("nobody is named to look after the order.", place=str(received), remedy="Name an account manager.")
        return cls(account, campaign, trafficker)


def build(received: OrderImport, state: State, people: People, *, by: Person | None, at: datetime.datetime) -> Order:
    """The draft order with a line for each planned one. Sums are the import's to the cent, or the whole fails."""
    if received.advertiser is None:
        raise Invalid("no advertiser is chosen.", place="field:advertiser", remedy="Choose the account.")
    flat = all(line.rate_type == "flat" for line in state.planned)
    order = drafting.create(
        _name(received, state), received.advertiser, agency=received.agency, by=by, at=at, currency=state.currency,
        start=min(line.start for line in state.planned), end=max(line.end for line in state.planned),
        account_manager=people.account_manager, campaign_manager=people.campaign_manager, trafficker=people.trafficker,
        commission_pct=state.commission_pct, why=f"from {received}", **_terms(state), **({"bill_source": "contracted"} if flat else {}),
    )  # fmt: skip
    products = Product.objects.in_bulk(set(received.products.values()))
    read = {line.number: {name: str(field.place) for name, field in line.fields.items() if field.place} for line in state.lines}
    asked = [
        lines.Asked(
            products[received.products[str(line.number)]], line.start, line.end, line.quantity, line.rate, line.rate_type, line.amount, line.name, line.unit,
            places=read.get(line.number, {}),
        )
        for line in state.planned
    ]  # fmt: skip
    lines.add_all(order, asked, first=1, by=by, at=at)
    if (order.gross, order.net) != (state.gross, state.net):
        raise Invalid(f"the order came to {order.gross} and {order.net}, not {state.gross} and {state.net}.", place=str(received))
    return order


def _name(received: OrderImport, state: State) -> str:
    for name in ("campaign", "product"):
        if name in state.fields and state.fields[name].value:
            return str(state.fields[name].value)
    number = state.fields.get("contract_number")
    return f"{received.advertiser} {number.value}" if number else f"{received.advertiser}, {state.planned[0].start:%B %Y}"


def _terms(state: State) -> dict[str, object]:
    """What the document says of the order itself, cut to what a record holds."""
    places = {"contract_number": ("external_number", 60), "po_number": ("po_number", 60), "estimate_number": ("estimate", 60), "product": ("product_name", 120)}
    found: dict[str, object] = {
        ours: str(state.fields[theirs].value)[:size] for theirs, (ours, size) in places.items() if theirs in state.fields
    }
    if "billing_calendar" in state.fields:
        found["bill_calendar"] = state.fields["billing_calendar"].value
    days = re.search(r"\b(\d{1,3})\b", str(state.fields["payment_terms"].value)) if "payment_terms" in state.fields else None
    if days and 0 < int(days[1]) <= 180:
        found["payment_days"] = int(days[1])
    return found

"""Everything a story may use: the people, the accounts, the catalogue, the artwork, the time. Built once by loading."""

import dataclasses
import random

from makegood.accounts.models import Account
from makegood.catalog.models import Placement, Product
from makegood.core.models import Person, Role
from makegood.orders.models import Order
from makegood.workflows.demo.artwork import Artwork
from makegood.workflows.demo.campaigns import Campaign
from makegood.workflows.demo.cast import Cast
from makegood.workflows.demo.companies import ADVERTISERS
from makegood.workflows.demo.times import Times

AGENCY_OF = {name: agency for name, _, _, agency, *_ in ADVERTISERS}


def fresh(order: Order) -> Order:
    """The order as it is now, with the parties and people its next steps ask for."""
    return Order.objects.select_related("advertiser__party", "agency__party", "account_manager", "campaign_manager", "trafficker").get(pk=order.pk)


@dataclasses.dataclass(frozen=True)
class World:
    """Records by the names the data use."""

    times: Times
    cast: Cast
    accounts: dict[str, Account]
    products: dict[str, Product]
    places: dict[str, Placement]
    artwork: Artwork
    seed: int

    def chance(self, campaign: Campaign) -> random.Random:
        """The campaign's own draws, whatever the others do."""
        return random.Random(f"{self.seed}:{campaign.key}:{campaign.start}")

    def agency(self, campaign: Campaign) -> Account | None:
        """Who buys: the advertiser's agency unless it buys direct."""
        name = AGENCY_OF.get(campaign.advertiser, "")
        return self.accounts[name] if name and not campaign.direct else None

    def approver(self, roles: list[str], makers: set[int]) -> Person:
        """Somebody with one of `roles` who is no maker."""
        for role in (*roles, Role.LEAD):
            for person in self.cast.of(role):
                if person.pk not in makers:
                    return person
        raise LookupError(f"nobody may decide for {roles}")

"""Master agreements of the demo's larger accounts: commitments, tiers, one near its renewal, one behind."""

import datetime
from decimal import Decimal

from makegood.accounts.actions import contracts
from makegood.catalog.models import Property
from makegood.workflows.demo.times import at
from makegood.workflows.demo.world import World

AGREEMENTS = (  # account, title, first day from today, days, commitment, tiers (spend from, rebate %)
    ("Fenwick & Rowe", "Annual agreement", -300, 365, 900_000, ((400_000, 2), (700_000, 3.5))),
    ("Parallel Media", "Group volume agreement", -322, 365, 1_200_000, ((600_000, 2), (1_000_000, 4))),
    ("Oatfield Foods", "Breakfast partnership", -250, 365, 320_000, ((150_000, 1.5), (250_000, 3))),
    ("Lumen Telecom", "Two-season commitment", -190, 240, 420_000, ((200_000, 2),)),
    ("Brightwater Bank", "Direct client agreement", -355, 370, 180_000, ((100_000, 2),)),
    ("Greenlane Grocers", "Retail media year", -120, 365, 150_000, ((80_000, 1),)),
)


def sign_all(world: World) -> None:
    """Draft each some weeks before it begins and put it in force on its first day."""
    listen = Property.objects.get(code="listen").pk
    for name, title, start, days, commitment, tiers in AGREEMENTS:
        account, begin = world.accounts[name], world.times.day(start)
        drafted = at(begin - datetime.timedelta(days=24), "10:00")
        made = contracts.create(
            account, title, start=begin, end=begin + datetime.timedelta(days=days), commitment=Decimal(commitment), by=account.owner,
            at=drafted, tiers=[(Decimal(spend), Decimal(str(rebate))) for spend, rebate in tiers],
            exclusive_category="Food" if name == "Oatfield Foods" else "", exclusive_properties=[listen] if name == "Oatfield Foods" else (), terms="Net 30. Rebates are credited at the end of the year.",
        )  # fmt: skip
        contracts.activate(made, by=world.cast["Ruth"], at=at(begin, "09:00"))

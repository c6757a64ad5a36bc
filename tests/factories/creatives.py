"""Creatives made through the real actions, from drawn sample files."""

import datetime
import pathlib
import tempfile

from makegood.accounts.models import Account
from makegood.core.models import Party, Person
from makegood.creatives.actions import receiving, reviewing
from makegood.creatives.models import Creative, Version
from makegood.documents.creatives import samples

NOW = datetime.datetime(2026, 11, 20, 15, tzinfo=datetime.UTC)


def advertiser(name: str = "Brightwater Bank", category: str = "Banking", **more: object) -> Account:
    """An advertiser with a landing domain made from its name."""
    party = Party.objects.create(name=name, kind="advertiser")
    more = {"domains": [f"{name.split()[0].lower()}.example"]} | more
    return Account.objects.create(party=party, category=category, **more)


def banner(folder: pathlib.Path, name: str = "banner.png", *, seed: int = 0, size: str = "300x250", fault: str | None = None) -> pathlib.Path:
    """A drawn banner file."""
    return samples.banner(folder / name, samples.Brand("Brightwater Bank", colour="#0d2440"), size=size, seed=seed, fault=fault)


def received(
    account: Account, *, by: Person | None = None, at: datetime.datetime = NOW, name: str = "Harbour Saver", seed: int = 0,
    size: str = "300x250", fault: str | None = None, creative: Creative | None = None, root: tuple[str, int] | None = None,
    profile: str = "",
) -> Version:  # fmt: skip
    """A banner received from `by`, in review or failing."""
    host = (account.domains or ["advertiser.example"])[0]
    new = receiving.NewCreative(account, name, click_url=f"https://{host}/saver", root=root)
    with tempfile.TemporaryDirectory() as folder:
        path = banner(pathlib.Path(folder), seed=seed, size=size, fault=fault)
        return receiving.receive(path, name=path.name, creative=creative or new, by=by, at=at, profile=profile)


def approved(account: Account, reviewer: Person, *, at: datetime.datetime = NOW, **more: object) -> Version:
    """A banner received and approved by `reviewer`."""
    version = received(account, at=at, **more)
    reviewing.decide(version, "approve", by=reviewer, at=at)
    version.refresh_from_db()
    return version

"""Loading the demo seller: records that stand still, then every campaign's story told in order of time."""

import contextlib
import dataclasses
import datetime
import gc
import pathlib
import random
import tempfile
from collections.abc import Callable, Iterator

import numpy as np
from django.db import connection
from django.db.models import prefetch_related_objects

from makegood.core import verbs
from makegood.core.models import Seller
from makegood.workflows.demo import (
    agreements,
    campaigns,
    cast,
    companies,
    finishing,
    inbound,
    inventory,
    making,
    pipeline,
    policy,
    selling,
    serving,
    settling,
    supply,
    talk,
    timeline,
)  # fmt: skip
from makegood.workflows.demo.artwork import Artwork
from makegood.workflows.demo.times import Times, at
from makegood.workflows.demo.world import World

Requests = dict[int, dict[datetime.date, int]]
Progress = Callable[[str, float], None]
"""Told what is being done and how far it is, 0 to 1."""


@dataclasses.dataclass(frozen=True)
class Size:
    """How much is loaded: earlier campaigns, whether the named ones all come, and days of delivery by the hour."""

    earlier: int = 36
    named: int = 99
    hourly_days: int = 84


MEASURED_FIRST = 15  # days; then whenever the history has doubled: plans go stale by factors, not by days
FULL, SMALL, STANDING = Size(), Size(earlier=0, named=1, hourly_days=7), Size(earlier=0, named=0)


def loaded() -> bool:
    """Whether a seller is there already."""
    return Seller.objects.exists()


def load(*, seed: int, now: datetime.datetime, password: str, size: Size = FULL, progress: Progress = lambda _what, _share: None) -> World:
    """Load the demo seller into an empty database, whole or not at all. The same seed and moment give the same figures."""
    with tempfile.TemporaryDirectory() as folder, _uncollected():
        return _load(Times(now), seed, password, size, pathlib.Path(folder), progress)


@verbs.whole  # the verbs inside need no savepoints of their own: thousands of statements less
def _load(times: Times, seed: int, password: str, size: Size, folder: pathlib.Path, progress: Progress) -> World:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit TO off")
    world, told, requests = _stage(times, seed, password, size, folder, progress)
    with contextlib.closing(world.artwork):
        _tell(world, told, requests, size, progress)
    return world


@contextlib.contextmanager
def _uncollected() -> Iterator[None]:
    """Without the cyclic collector: a load makes millions of short-lived objects and hardly a cycle, and it is a fifth faster."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _stage(
    times: Times, seed: int, password: str, size: Size, folder: pathlib.Path, progress: Progress
) -> tuple[World, list[campaigns.Campaign], Requests]:
    progress("People, accounts, catalogue", 0.0)
    began = at(times.day(-395), "09:00")
    policy.set_up(day=began.date())
    people = cast.hire(password)
    products, places = inventory.stock(at=began, since=times.day(-400), until=times.day(400))
    prefetch_related_objects(list(products.values()), "placements")
    accounts = companies.open_all(people, at=began)
    companies.lets_agencies_in(accounts)
    requests = supply.record(places, times, np.random.default_rng(seed))
    world = World(times, people, accounts, products, places, Artwork(folder), seed)
    agreements.sign_all(world)
    told = [*campaigns.earlier(size.earlier, seed=seed), *campaigns.NAMED[: size.named]]
    for one in sorted(told, key=lambda one: one.start):
        world.artwork.prepare(sorted(making.wanted(one, world)))
    return world, told, requests


def _tell(world: World, told: list[campaigns.Campaign], requests: Requests, size: Size, progress: Progress) -> None:
    first, now = world.times.day(-395), world.times.now
    whole = (now - at(first, "00:00")).total_seconds()

    grown = MEASURED_FIRST

    def moved(moment: datetime.datetime) -> None:
        nonlocal grown
        if (moment.date() - first).days >= grown:
            grown *= 2
            _measure()
        progress(f"A year of history: {moment:%d %b %Y}", 0.1 + 0.85 * (moment - at(first, "00:00")).total_seconds() / whole)

    stories = [campaign_story(one, world) for one in told]
    if not told:
        return
    stories.append(serving.deliver(world, told, requests, hourly_days=size.hourly_days))
    stories += [pipeline.ask(world), pipeline.keep(world), talk.said(world), talk.worked(world), talk.owed(world)]
    timeline.tell(stories, until=now, each=moved)
    progress("Today", 0.96)
    inbound.received(world, world.artwork.folder)
    _measure()
    finishing.finish(world)


def _measure() -> None:
    """Tell the database how its tables have grown: nothing else sees rows of a transaction that is not committed yet."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def campaign_story(campaign: campaigns.Campaign, world: World) -> Iterator[datetime.datetime]:
    """One campaign from brief to closed, as far as time has come."""
    chance: random.Random = world.chance(campaign)
    order = yield from selling.sell(campaign, world, chance)
    if order is None:
        return
    yield from making.make(campaign, order, world, chance)
    yield from settling.settle(campaign, order, world, chance)

"""What is put on flights, checked and published, and what pacing changes."""

import datetime
import pathlib
import tempfile

from makegood.catalog.actions import supply
from makegood.catalog.models import Placement
from makegood.creatives.actions import receiving, reviewing
from makegood.creatives.models import Version
from makegood.delivery.models import Recommendation
from makegood.trafficking.actions import assigning, qa
from tests.factories import catalog, creatives, delivery, orders
from tests.factories import pacing as flying
from tests.permissions.scenes.orders import ahead
from tests.permissions.scenes.setting import Sent, own, scene

DAY = datetime.timedelta(days=1)


def booked(w, at):
    """A booked campaign with an approved creative for it."""
    made = orders.booked(ahead(w, at))
    version = creatives.approved(own(w), w.people["R"], name="For ahead", seed=41, root=("orders.order", made.pk), at=at)
    return made, made.lines.get().flights.get(), version


def assigned(w, at):
    """The creative is on the flight."""
    made, flight, version = booked(w, at)
    return made, assigning.assign(flight, Version.objects.get(pk=version.pk), by=w.people["T"], at=at)


@scene("trafficking-assign")
def assign(w, at):
    _, flight, version = booked(w, at)
    return Sent({"version": version.pk, "weight": "100"}, {"flight_id": flight.pk})


@scene("trafficking-change")
def change(w, at):
    return Sent({"weight": "40"}, {"assignment_id": assigned(w, at)[1].pk})


@scene("trafficking-check")
def check(w, at):
    return Sent({}, {"order_id": assigned(w, at)[0].pk})


@scene("trafficking-publish")
def publish(w, at):
    made, _ = assigned(w, at)
    assert qa.run(made, by=w.people["L"], at=at).passed
    return Sent({}, {"order_id": made.pk})


@scene("tag-callers")
def caller(w, at):
    return Sent({"caller": "house-server"})


@scene("pacing-make-good")
def make_good(w, at):
    return Sent({"offered": "200000", "reason": "Traffic fell"}, {"line_id": behind(w, at).line_id})


@scene("pacing-apply")
def apply(w, at):
    row = behind(w, at)
    return Sent({"change": Recommendation.objects.get(line=row.line, kind="add_placement").pk}, {"line_id": row.line_id})


def behind(w, at):
    """The standing of a line in flight that will miss its goal, with another placement to widen to."""
    today = at.date()
    made = ahead(w, at, name="Behind", quantity=280_000, start=today - 20 * DAY, end=today + 10 * DAY)
    line = orders.booked(made).lines.get()
    for place in (Placement.objects.get(pk=line.flights.get().placement_ids[0]), catalog.placement("news-mpu-2")):
        supply.record_days(place, {today - n * DAY: 100_000 for n in range(1, 30)}, by=None)
    flying.set_up(line, w.people["R"], at=at - 22 * DAY)
    delivery.count(line, {today - n * DAY: 3_000 for n in range(1, 20)})
    (row,) = flying.computed(line, at=at)
    return row


@scene("trafficking-assign-all")
def assign_all(w, at):
    return Sent({}, {"order_id": booked(w, at)[0].pk})


@scene("creative-succeed")
def succeed(w, at):
    """A newer version of what runs, approved."""
    row = assigned(w, at)[1]
    with tempfile.TemporaryDirectory() as folder:
        newer = receiving.receive(creatives.banner(pathlib.Path(folder), seed=42), name="newer.png", creative=row.version.creative, by=None, at=at)
    reviewing.decide(newer, "approve", by=w.people["R"], at=at)
    return Sent({"flight": row.flight_id}, {"version_id": newer.pk})

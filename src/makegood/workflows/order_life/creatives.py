"""Stages 5 and 6: a creative of every needed size, one of them sent back and replaced; assigned, checked, published."""

import pathlib
import tempfile

from makegood.catalog.models import Placement
from makegood.creatives import guidance
from makegood.creatives.actions import receiving, reviewing
from makegood.creatives.models import Version
from makegood.documents.creatives import samples
from makegood.orders.models import Flight
from makegood.trafficking.actions import assigning, qa
from makegood.trafficking.plan import entries
from makegood.workflows import publishing
from makegood.workflows.order_life.life import Life
from makegood.workflows.ordering import asking

ENDINGS = {"audio": "mp3", "video": "mp4", "native": "json"}
FAULTS = {"audio": "too_loud", "video": "no_sound", "native": "no_brand"}


def receive(life: Life) -> str:
    """Drawn samples stand in for the client's files; the first carries a planted fault and comes back corrected."""
    life.later(days=2)
    shapes: dict[str, Placement] = {}
    for place in Placement.objects.filter(pk__in=_placements(life)).order_by("pk"):
        shapes.setdefault(shape(place), place)
    with tempfile.TemporaryDirectory() as folder:
        versions = [_one(life, pathlib.Path(folder), one, number) for number, one in enumerate(shapes)]
    life.facts["creatives"] = [{"name": str(one), "verdict": one.verdict, "sha256": one.sha256} for one in versions]
    return f"{len(versions)} of {len(shapes)} sizes approved, 1 sent back with guidance and replaced"


def traffic(life: Life) -> str:
    """On every flight each creative that fits; a second person compares; then the plan goes out."""
    crew, order = life.crew, life.refresh()
    versions = list(Version.objects.filter(creative__root_type="orders.order", creative__root_id=order.pk, status="approved").order_by("pk"))
    moment = life.later(hours=5)
    places = {place.pk: place for place in Placement.objects.filter(pk__in=_placements(life))}
    for flight in Flight.objects.filter(line__order=order).select_related("line__order").order_by("pk"):
        for version in versions:
            if any(entries.fits(version, places[pk]) for pk in flight.placement_ids):
                assigning.assign(flight, version, by=crew.trafficker, at=moment)
    run = qa.run(order, by=crew.campaign_manager, at=life.later(hours=2))
    published = publishing.publish(by=crew.trafficker, at=life.later(minutes=20), why=f"{order.number}", order=order)
    asking.close_held(order, at=life.moment)
    life.facts["qa"] = {"fields": run.fields, "differing": run.differing, "passed": run.passed, "by": crew.campaign_manager.name}
    life.facts["plan"] = {"version": published.publication.version, "sha256": published.publication.sha256}
    own = len([pk for pk in published.readied if Flight.objects.filter(pk=pk, line__order=order).exists()])
    return f"{run.fields} fields compared, {run.differing} differ; plan {published.publication.version} with {own} new flights"


def shape(place: Placement) -> str:
    """What a placement takes, in a word: "300x250", "audio 30", "native"."""
    if place.format == "display":
        return f"{place.width}x{place.height}"
    return f"{place.format} {place.duration_s or 30}" if place.format != "native" else "native"


def _one(life: Life, folder: pathlib.Path, what: str, number: int) -> Version:
    """One creative from received to approved."""
    order, sender = life.order, life.crew.account_manager
    click = f"https://{(order.advertiser.domains or [_domain(str(order.advertiser))])[0]}/"
    name = f"{order.name} {what.replace('x', '×')}"[:160]
    new = receiving.NewCreative(order.advertiser, name, click_url=click, root=("orders.order", order.pk))
    path = draw(folder, str(order.advertiser), what, fault=number == 0)
    version = receiving.receive(path, name=path.name, creative=new, by=sender, at=life.later(minutes=25))
    if number == 0:
        text = guidance.compose(version.verdict, version.findings)
        life.facts["sent_back"] = {"creative": str(version), "status": version.status, "guidance": text}
        if version.status == "in_review":
            reviewing.decide(version, "reject", by=life.crew.reviewer, at=life.later(hours=2), reason=text)
        path = draw(folder, str(order.advertiser), what, fault=False)
        version = receiving.receive(path, name=path.name, creative=version.creative, by=sender, at=life.later(hours=20))
    reviewing.decide(version, "approve", by=life.crew.reviewer, at=life.later(hours=1))
    return Version.objects.select_related("creative").get(pk=version.pk)


def draw(folder: pathlib.Path, advertiser: str, what: str, *, fault: bool) -> pathlib.Path:
    """A sample file of that shape for an advertiser."""
    kind, _, length = what.partition(" ")
    brand, wrong = samples.Brand(advertiser), FAULTS.get(kind, "too_heavy") if fault else None
    target = folder / f"{'draft' if fault else 'final'}-{what.replace(' ', '-')}.{ENDINGS.get(kind, 'png')}"
    if kind == "audio":
        return samples.spot(target, seconds=float(length), fault=wrong)
    if kind == "video":
        return samples.film(target, brand, seconds=float(length), fault=wrong)
    if kind == "native":
        return samples.native(target, brand, url=f"https://{_domain(advertiser)}/", fault=wrong)
    return samples.banner(target, brand, size=what, fault=wrong)


def _placements(life: Life) -> list[int]:
    rows = Flight.objects.filter(line__order=life.order).values_list("placement_ids", flat=True)
    return sorted({pk for ids in rows for pk in ids})


def _domain(name: str) -> str:
    """A domain reserved for examples, from the first word of a name."""
    words = ["".join(letter for letter in word.lower() if letter.isascii() and letter.isalnum()) for word in name.split()]
    return f"{next((word for word in words if word), 'advertiser')}.example"

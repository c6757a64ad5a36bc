"""Files sent, uploads in pieces, briefs, questions and exceptions."""

import datetime
import pathlib
import tempfile

from makegood.accounts.actions import relations
from makegood.creatives.actions import reviewing, uploading
from makegood.creatives.models import Upload
from tests.factories import creatives
from tests.permissions.scenes.setting import Sent, form, own, scene


def picture(seed):
    """A sound banner as it is sent."""
    with tempfile.TemporaryDirectory() as folder:
        return f"banner-{seed}.png", creatives.banner(pathlib.Path(folder), seed=seed).read_bytes()


@scene("creative-ask")
def ask(w, at):
    return Sent({"to": w.people["L"].pk, "note": "Is this fine with you?"})


@scene("creative-brief")
def brief(w, at):
    return Sent({"deliverables": "Rectangle | 300x250 | says where\nSpot | 30 s audio", "text": "Warm", "why": "first"})


@scene("creative-bulk-piece")
def piece(w, at):
    return Sent({"offset": "0", "piece": ("piece", b"x" * 40)})


@scene("creative-bulk-take")
def take(w, at):
    name, sent = picture(21)
    upload = uploading.begin(name, len(sent), own(w), ("orders.order", w.ids["order_id"]), by=w.people["C"], at=at)
    upload = uploading.append(Upload.objects.get(pk=upload.pk), 0, sent, by=w.people["C"])
    return Sent({f"as-{upload.pk}": "0", "click_url": "https://bank.example/"}, who="C")


@scene("creative-except")
def exempt(w, at):
    version = creatives.received(own(w), name="Heavy", seed=22, fault="too_heavy", root=("orders.order", w.ids["order_id"]))
    return Sent({"why": "two months"} | until(at), {"version_id": version.pk})


@scene("creative-upload")
def upload(w, at):
    return Sent({"advertiser": w.ids["own"], "order": w.ids["order_id"], "click_url": "https://bank.example/", "files": picture(23)})


@scene("creative-version")
def version(w, at):
    return Sent({"files": picture(24)})


def until(at):
    """A last day within the year."""
    return {"ends_on": at.date() + datetime.timedelta(days=60)}


def refused(w, at, seed):
    """A creative the reviewer sent back."""
    made = creatives.received(own(w), name="Sent back", seed=seed, root=("orders.order", w.ids["order_id"]))
    reviewing.decide(made, "reject", by=w.people["R"], at=at, reason="The claim needs its source")
    return made


@scene("creative-brand")
def brand(w, at):
    return Sent({"brand": relations.add_brand(own(w), "Oats", by=None, at=at).pk})


@scene("clause-new")
def clause(w, at):
    return Sent(form(w, "L", "/papers/new/", key="weather", language="en", title="Weather", text="Rain changes nothing."))

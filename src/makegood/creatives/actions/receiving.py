"""Receiving creative files: stored, probed in a capped child, held against the spec, laid out for the ad server."""

import dataclasses
import datetime
import pathlib
from collections.abc import Callable, Iterable

from django.db import transaction

from makegood.accounts.models import Account, Brand
from makegood.core import activity, files, permissions, transitions
from makegood.core.errors import Invalid
from makegood.core.models import Person, StoredFile
from makegood.creatives import asking, assets, duplicates, guidance, jobs, shapes, specs
from makegood.creatives.actions import branding
from makegood.creatives.models import Creative, Version
from makegood.documents.creatives import UnreadableCreative, probe_guarded
from makegood.engine.specs import Facts, verdict

Probe = Callable[[pathlib.Path, str], Facts]


@dataclasses.dataclass(frozen=True)
class NewCreative:
    """A creative not received before; `root` names the campaign it belongs to, as ("orders.order", id)."""

    advertiser: Account
    name: str
    click_url: str = ""
    category: str = ""
    root: tuple[str, int] | None = None
    markets: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    brand: Brand | None = None

    def __str__(self) -> str:
        return self.name

    def activity_party(self) -> int:
        """The advertiser, for the permission rule."""
        return self.advertiser.pk


def receive(
    content: Iterable[bytes] | pathlib.Path, *, name: str, creative: Creative | NewCreative, by: Person | None,
    at: datetime.datetime, profile: str = "", probe: Probe = probe_guarded,
) -> Version:  # fmt: skip
    """The next version of `creative`, checked and either in review or failing, with tasks for whoever is next.

    `profile` is the code of a spec profile or family; empty lets the file choose. Undecided earlier versions are
    withdrawn. `probe` may remember what the guarded one found in the same bytes. Raises Invalid, keeping nothing, for a
    file that is too large, unreadable or of another size than the version that runs.
    """
    permissions.check(by, "creatives.upload", creative)
    stored = files.store(
        files.chunks(content) if isinstance(content, pathlib.Path) else content, name=name, media_type="application/octet-stream", by=by, at=at,
        party=creative.activity_party(), visible_to_client=True,
    )  # fmt: skip
    try:
        facts = probe(stored.path, stored.name)
        row, found = specs.check(facts, profile, at=at)
        with transaction.atomic():
            known = _known(creative, facts, by=by, at=at)
            found = [*found, *duplicates.findings(known, stored.sha256, getattr(facts, "dhash", ""))]
            version = _keep(known, stored, facts, at=at)
            version.profile, version.verdict = row, verdict(found)
            version.findings = [finding.to_json() for finding in found]
            version.save()
            if version.kind in jobs.RUN:
                jobs.run.defer(version_id=version.pk)  # with the version or not at all
            return _route(version, by=by, at=at)
    except UnreadableCreative as refusal:
        assets.discard(stored)
        raise Invalid(refusal.reason, place=refusal.where, remedy=refusal.remedy) from refusal
    except BaseException:
        assets.discard(stored)
        raise


def _known(creative: Creative | NewCreative, facts: Facts, *, by: Person | None, at: datetime.datetime) -> Creative:
    """The locked creative, made when new, with the shape of the file."""
    shape = shapes.of(facts)
    if isinstance(creative, NewCreative):
        kind, pk = creative.root or ("", None)
        branding.fit(creative.advertiser, creative.brand, place=creative.name)
        made = Creative.objects.create(
            advertiser=creative.advertiser, name=creative.name, click_url=creative.click_url, format=shape.format,
            declared_category=creative.category or branding.category(creative.advertiser, creative.brand), brand=creative.brand,
            markets=list(creative.markets), products=list(creative.products), root_type=kind, root_id=pk,
            width=shape.width, height=shape.height, duration_s=shape.duration_s, created_at=at,
        )  # fmt: skip
        activity.record(made, "creative.created", by=by, at=at, visible_to_client=True)
        return made
    known = Creative.objects.select_for_update().get(pk=creative.pk)
    if not shape.replaces(known) and known.versions.filter(status="approved").exists():
        raise Invalid(
            f"{known} is {shapes.label(known)} and runs; this file is {shape}.", place=facts.file.name,
            remedy="Upload it as a new creative.",
        )  # fmt: skip
    activity.change(
        known, "creative.reshaped", by=by, at=at, format=shape.format, width=shape.width, height=shape.height,
        duration_s=shape.duration_s,
    )  # fmt: skip
    return known


def _keep(creative: Creative, stored: StoredFile, facts: Facts, *, at: datetime.datetime) -> Version:
    earlier = list(creative.versions.order_by("-number"))
    if earlier and earlier[0].sha256 == stored.sha256 and earlier[0].status != "withdrawn":
        raise Invalid(f"these are the bytes of {earlier[0]}.", place=stored.name, remedy="Send the changed file.")
    for old in earlier:
        if old.status in ("in_review", "failed"):
            transitions.move(old, "withdrawn", by=None, at=at, why="a newer version was received")
            asking.reviewed(old, at=at)
    StoredFile.objects.filter(pk=stored.pk).update(media_type=facts.file.content_type)
    stored.media_type = facts.file.content_type
    return Version(
        creative=creative, number=earlier[0].number + 1 if earlier else 1, file=stored, sha256=stored.sha256,
        kind=shapes.KINDS[type(facts)], asset_path=assets.lay_out(stored, facts), facts=shapes.plain(facts),
        dhash=getattr(facts, "dhash", ""), uploaded_by=stored.by, uploaded_at=at,
    )  # fmt: skip


def _route(version: Version, *, by: Person | None, at: datetime.datetime) -> Version:
    """To review when nothing blocks, else back to the client with what to do."""
    transitions.start(version, by=by, at=at, visible_to_client=True)
    text = guidance.compose(version.verdict, version.findings)
    asking.corrected(version.creative, at=at)
    if version.verdict == "fail":
        transitions.move(version, "failed", by=None, at=at, why=text, visible_to_client=True)
        asking.correction(version, text, at=at)
    else:
        transitions.move(version, "in_review", by=None, at=at, why=text, visible_to_client=True)
        asking.review(version, at=at)
    return version

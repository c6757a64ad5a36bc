"""Rules for VAST tags: version, structure, secure addresses, renditions, tracking, nothing executable.
Structure by IAB Tech Lab VAST 2.0-4.3; wrapped tags are named, not followed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from makegood.engine.specs.facts import VastFacts
from makegood.engine.specs.findings import Fault
from makegood.engine.specs.rules.rule import Rule, between, fixed, listed


def versions(facts: VastFacts, wanted: list[str]) -> Iterator[Fault]:
    """The tag's version by its first two numbers."""
    if ".".join(facts.version.split(".")[:2]) not in wanted:
        yield Fault(facts.version or "none", f"Export the tag as VAST {listed(wanted)}.", "VAST version")


def structure(facts: VastFacts, _: Any) -> Iterator[Fault]:
    """What the standard demands of any tag."""
    if not facts.ads:
        yield Fault("no ad in the tag", "Check that the tag is live: it answers with an empty VAST.", "VAST")
    for spot in facts.broken:
        yield Fault(spot.what, "Export the tag again from the ad server: it misses a required part.", spot.where)
    for spot in facts.alien:
        yield Fault(spot.what, "Leave it out or declare the version that has it: players pass over it.", spot.where, "warn")


def schema(facts: VastFacts, _: Any) -> Iterator[Fault]:
    """What only a strict validator asks: order and namespace."""
    for spot in facts.unordered:
        yield Fault(spot.what, "Nothing to do for players; a strict validator refuses it.", spot.where)


def known_macros(facts: VastFacts, _: Any) -> Iterator[Fault]:
    """Macros that a player resolves; others reach the measurer as they are written."""
    for spot in facts.macros:
        yield Fault(f"macro {spot.what}", f"Replace {spot.what} by a macro of the VAST list or fill it in when exporting.",
                    spot.where)  # fmt: skip


def https(facts: VastFacts, _: Any) -> Iterator[Fault]:
    """Every address in the tag."""
    for spot in facts.insecure:
        shown = spot.what[:120]
        fix = f"Change {shown} to https." if shown.lower().startswith("http:") else f"Give {shown} as a full address that begins with https://."
        yield Fault(shown, fix, spot.where)


def no_vpaid(facts: VastFacts, _: Any) -> Iterator[Fault]:
    """No executable media; it was withdrawn from VAST with 4.1."""
    for spot in facts.vpaid:
        yield Fault(f"VPAID ({spot.what})", "Send plain MP4 or MP3 media files instead of a VPAID unit.", spot.where)


def wrappers(facts: VastFacts, allowed: bool) -> Iterator[Fault]:
    """Tags that point to other tags; where they are allowed the reviewer learns what was not seen."""
    for ad in facts.ads:
        if ad.kind == "wrapper" and not allowed:
            yield Fault(
                "a wrapper", "Send the inline tag with its media files: this placement follows no wrappers.", "Wrapper"
            )
        elif ad.kind == "wrapper":
            host = urlsplit(ad.wrapped_url).hostname or "an address without a host"
            yield Fault(f"a wrapper of a tag at {host}", "The ad itself is not in this file: what it leads to is looked at apart.",
                        "VASTAdTagURI", "info")  # fmt: skip


def linear(facts: VastFacts, _: Any) -> Iterator[Fault]:
    """Something that plays: overlays alone (NonLinearAds) have no place in a stream."""
    for ad in facts.ads:
        if ad.kind == "inline" and not ad.linear:
            yield Fault("no linear ad", "Send a tag with a Linear creative and its media files.", "Creatives")


def media_types(facts: VastFacts, wanted: list[str]) -> Iterator[Fault]:
    """At least one playable rendition in each linear ad."""
    for ad in facts.ads:
        found = sorted({media.mime for media in ad.media})
        if ad.kind == "inline" and ad.linear and not set(found) & set(wanted):
            yield Fault(listed(found), f"Add a media file of type {listed(wanted)}.", "MediaFiles")


def media_size(facts: VastFacts, wanted: str) -> Iterator[Fault]:
    """The largest rendition of each linear ad."""
    width, height = (int(one) for one in wanted.split("x"))
    for ad in facts.ads:
        if ad.media and not any(m.width >= width and m.height >= height for m in ad.media):
            best = max(ad.media, key=lambda m: m.width * m.height)
            yield Fault(f"{best.width}x{best.height} at most", f"Add a rendition of {wanted} or larger.", best.where)


def media_kbps(facts: VastFacts, wanted: list[float | None]) -> Iterator[Fault]:
    """At least one rendition whose declared bitrate lies in the range."""
    low, high = wanted
    for ad in facts.ads:
        rates = [media.bitrate_kbps for media in ad.media if media.bitrate_kbps]
        if rates and not any((low or 0) <= rate <= (high or rate) for rate in rates):
            yield Fault(f"{listed(sorted(rates))} kbps", f"Add a rendition of {between(wanted, 'kbps')}.", "MediaFiles")


def tracking(facts: VastFacts, events: list[str]) -> Iterator[Fault]:
    """Events whose absence leaves completion uncounted."""
    for ad in facts.ads:
        missing = [event for event in events if event not in ad.tracking]
        if ad.linear and missing:
            yield Fault(
                f"no tracking of {listed(missing)}",
                f"Add tracking addresses for {', '.join(missing)}.",
                "TrackingEvents",
            )


def click_through(facts: VastFacts, _: Any) -> Iterator[Fault]:
    """A landing page in each inline linear ad."""
    for ad in facts.ads:
        if ad.kind == "inline" and ad.linear and not ad.click_through:
            yield Fault("no click-through", "Add a ClickThrough address to VideoClicks.", "VideoClicks")


def universal_id(facts: VastFacts, _: Any) -> Iterator[Fault]:
    """A registered identity of the creative, the same at every seller."""
    for ad in facts.ads:
        if ad.kind == "inline" and not any(one and one.lower() != "unknown" for one in ad.universal_ids):
            yield Fault("no universal ad id", "Add the Ad-ID (UniversalAdId with its registry).", "Creative")


def companion(facts: VastFacts, sizes: list[str]) -> Iterator[Fault]:
    """A picture beside the sound, in one of the sizes that are shown."""
    for ad in facts.ads:
        if ad.kind == "inline" and ad.linear and not set(ad.companions) & set(sizes):
            found = f"companions of {listed(ad.companions)}" if ad.companions else "no companion"
            yield Fault(found, f"Add a companion of {listed(sizes)} pixels.", "CompanionAds")


def no_verification(facts: VastFacts, _: Any) -> Iterator[Fault]:
    """Measurement scripts do not run on televisions."""
    for ad in facts.ads:
        for vendor in ad.verifications:
            yield Fault(
                f"verification by {vendor}",
                "Take AdVerifications out of the tag for this placement.",
                "AdVerifications",
            )


def interactive(facts: VastFacts, _: Any) -> Iterator[Fault]:
    """SIMID is noted for the reviewer."""
    for spot in facts.interactive:
        yield Fault(
            f"interactive ({spot.what})", "Nothing to do: the reviewer will try the interactive part.", spot.where
        )


RULES = (
    Rule("vast_versions", "VAST version", lambda v: f"VAST {listed(v)}", {VastFacts: versions}),
    Rule("vast_structure", "VAST structure", fixed("what the VAST standard demands"), {VastFacts: structure}),
    Rule("vast_schema", "Published schema", fixed("the order and namespace of the schema"), {VastFacts: schema}),
    Rule("vast_macros", "Macros", fixed("macros that players know"), {VastFacts: known_macros}),
    Rule("vast_https", "Secure addresses", fixed("https everywhere"), {VastFacts: https}),
    Rule("no_vpaid", "VPAID", fixed("no VPAID"), {VastFacts: no_vpaid}),
    Rule("wrappers", "Wrappers", lambda v: "wrappers allowed" if v else "an inline tag", {VastFacts: wrappers}),
    Rule("vast_linear", "Linear ad", fixed("an ad that plays in the stream"), {VastFacts: linear}),
    Rule("media_types", "Media type", listed, {VastFacts: media_types}),
    Rule("media_min_size", "Rendition size", lambda v: f"at least {v}", {VastFacts: media_size}),
    Rule("media_kbps", "Rendition bitrate", lambda v: between(v, "kbps"), {VastFacts: media_kbps}),
    Rule("tracking", "Tracking", lambda v: ", ".join(v), {VastFacts: tracking}),
    Rule("click_through", "Click-through", fixed("a landing page"), {VastFacts: click_through}),
    Rule("universal_ad_id", "Universal ad id", fixed("a registered id"), {VastFacts: universal_id}),
    Rule("companion", "Companion", lambda v: f"a companion of {listed(v)} pixels", {VastFacts: companion}),
    Rule("no_verification", "Verification", fixed("no verification scripts"), {VastFacts: no_verification}),
    Rule("interactive", "Interactive", fixed("told to the reviewer"), {VastFacts: interactive}),
)  # fmt: skip

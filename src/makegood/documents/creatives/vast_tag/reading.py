"""A VAST tag's facts: ads, media files, tracking, and what the standard demands and the tag lacks.
Structure by IAB Tech Lab VAST 2.0-4.3; wrappers are noted, never fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from makegood.documents.creatives import markup
from makegood.documents.creatives.caps import Caps
from makegood.documents.creatives.kinds import Kind
from makegood.documents.creatives.refusals import UnreadableCreative
from makegood.documents.creatives.vast_tag import grammar, macros, structure
from makegood.engine.specs.facts import FileFacts, MediaFile, Spot, VastAd, VastFacts

CLOCK = re.compile(r"^(\d{2}):([0-5]\d):([0-5]\d(?:\.\d{1,3})?)$")
SECURE = re.compile(r"https://|\[|%%|\$\{|\{\{|%5B", re.IGNORECASE)  # or a macro that stands for a whole address
ADDRESSED = {
    "Impression", "Error", "Tracking", "MediaFile", "Mezzanine", "InteractiveCreativeFile", "ClickThrough",
    "ClickTracking", "CustomClick", "VASTAdTagURI", "StaticResource", "IFrameResource", "JavaScriptResource",
    "CompanionClickThrough", "CompanionClickTracking", "IconClickThrough", "NonLinearClickThrough", "Viewable",
    "NotViewable", "ViewUndetermined", "IconViewTracking", "AdParametersURL", "Survey", "ExecutableResource",
    "ClosedCaptionFile", "NonLinearClickTracking", "IconClickTracking",
}  # fmt: skip


def read(path: Path, file: FileFacts, kind: Kind, caps: Caps) -> VastFacts:
    """Facts of a VAST tag. Raises UnreadableCreative for unsafe or broken XML and for XML that is not VAST."""
    root = markup.parse(path.read_bytes(), file.name, caps)
    if tag(root) != "VAST":
        other = "VAST 1" if tag(root) == "VideoAdServingTemplate" else f"<{tag(root)[:40]}>"
        raise UnreadableCreative(
            f"The XML is {other}, not a VAST tag.", f"{file.name}, line {root.sourceline}",
            "Send a VAST tag of version 2.0 to 4.3.", rule="vast.root",
        )  # fmt: skip
    spots = list(_addresses(root))
    version = root.get("version", "")
    deviations = structure.check(root, version)
    return VastFacts(
        file=file, version=version, ads=tuple(_ad(ad) for ad in children(root, "Ad")),
        insecure=tuple(s for s in spots if s.what and not SECURE.match(s.what) and not _is_for_stitching(s)),
        vpaid=tuple(_frameworks(root, ("VPAID",))), interactive=tuple(_frameworks(root, ("SIMID",))),
        broken=(*_broken(root, version, spots), *deviations.broken), alien=(*deviations.alien, *_unplaced(root)),
        unordered=tuple(deviations.unordered),
        macros=tuple(Spot(found, spot.where) for spot in spots for found in macros.unknown(spot.what)),
    )  # fmt: skip


def _is_for_stitching(spot: Spot) -> bool:
    """Whether no player asks for it: a mezzanine is fetched by whoever stitches ads, by a protocol of its own; http alone is insecure."""
    scheme, found, _ = spot.what.partition("://")
    return spot.where.startswith("Mezzanine") and bool(found) and scheme.lower() != "http"


def tag(element: etree._Element) -> str:
    """An element's name without its namespace."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def children(element: etree._Element, *path: str) -> list[etree._Element]:
    """Elements reached by a path of names, namespaces ignored."""
    found = [element]
    for name in path:
        found = [child for parent in found for child in parent if tag(child) == name]
    return found


def text(element: etree._Element) -> str:
    """An element's own words, trimmed."""
    return (element.text or "").strip()


def seconds(clock: str) -> float | None:
    """HH:MM:SS(.mmm) in seconds, None when it is not of that form."""
    found = CLOCK.match(clock.strip())
    return None if not found else int(found[1]) * 3600 + int(found[2]) * 60 + float(found[3])


def _ad(ad: etree._Element) -> VastAd:
    body = next((child for child in ad if tag(child) in ("InLine", "Wrapper")), ad)
    linear = children(body, "Creatives", "Creative", "Linear")
    durations = [seconds(text(d)) for part in linear for d in children(part, "Duration")]
    companions = children(body, "Creatives", "Creative", "CompanionAds", "Companion")
    return VastAd(
        kind="wrapper" if tag(body) == "Wrapper" else "inline",
        title=next((text(t) for t in children(body, "AdTitle")), ""),
        duration_s=next((d for d in durations if d is not None), None), linear=bool(linear),
        media=tuple(_media(m) for part in linear for m in children(part, "MediaFiles", "MediaFile")),
        click_through=next((text(c) for part in linear for c in children(part, "VideoClicks", "ClickThrough")), ""),
        tracking=tuple(sorted({t.get("event", "") for t in ad.iter() if tag(t) == "Tracking"})),
        impressions=len(children(body, "Impression")),
        universal_ids=tuple(text(u) or u.get("idValue", "") for u in ad.iter() if tag(u) == "UniversalAdId"),
        companions=tuple(f"{c.get('width', '?')}x{c.get('height', '?')}" for c in companions),
        verifications=tuple(v.get("vendor", "unnamed") for v in children(body, "AdVerifications", "Verification")),
        wrapped_url=next((text(w) for w in children(body, "VASTAdTagURI")), ""),
    )  # fmt: skip


def _media(media: etree._Element) -> MediaFile:
    def number(name: str) -> float:
        value = media.get(name, "")
        return float(value) if re.fullmatch(r"\d{1,9}(\.\d+)?", value) else 0.0

    return MediaFile(
        url=text(media), mime=media.get("type", "").strip().lower(), width=int(number("width")),
        height=int(number("height")), bitrate_kbps=number("bitrate") or number("maxBitrate"),
        delivery=media.get("delivery", ""), api=media.get("apiFramework", ""), where=f"line {media.sourceline}",
    )  # fmt: skip


def _addresses(root: etree._Element) -> Iterator[Spot]:
    for element in root.iter():
        if tag(element) in ADDRESSED:
            yield Spot(text(element), f"{tag(element)}, line {element.sourceline}")


def _frameworks(root: etree._Element, names: tuple[str, ...]) -> Iterator[Spot]:
    for element in root.iter():
        framework = element.get("apiFramework", "").upper() if tag(element) else ""
        if framework in names or (tag(element) == "MediaFile" and "VPAID" in names and _runs(element)):
            yield Spot(framework or element.get("type", ""), f"{tag(element)}, line {element.sourceline}")


def _runs(media: etree._Element) -> bool:
    return media.get("type", "").strip().lower() in ("application/javascript", "application/x-shockwave-flash")


def _unplaced(root: etree._Element) -> Iterator[Spot]:
    """Progress events that do not say when."""
    for element in root.iter():
        if tag(element) == "Tracking" and element.get("event") == "progress" and not element.get("offset"):
            yield Spot("a progress event without its offset", f"Tracking, line {element.sourceline}")


def _broken(root: etree._Element, version: str, spots: list[Spot]) -> Iterator[Spot]:
    """What every player needs although the schema lets it pass."""
    if grammar.of(version[:3]) is None:
        yield Spot(f"no published version ({version or 'none given'})", f"VAST, line {root.sourceline}")
    for spot in spots:
        if not spot.what and not spot.where.startswith("Error"):
            yield Spot("an address is empty", spot.where)
    for ad in children(root, "Ad"):
        if not any(tag(child) in ("InLine", "Wrapper") for child in ad):
            yield Spot("neither InLine nor Wrapper", f"Ad, line {ad.sourceline}")
        for linear in children(ad, "InLine", "Creatives", "Creative", "Linear"):
            if version < "4" and not children(linear, "MediaFiles", "MediaFile"):
                yield Spot("no MediaFile", f"Linear, line {linear.sourceline}")

"""VAST tags of every version, whole, and with each fault a tag can have."""
import random
from collections.abc import Callable, Iterator
from pathlib import Path

from bench.creative_files.case import Case, demands

EVENTS = ("start", "firstQuartile", "midpoint", "thirdQuartile", "complete")
ONLINE = "vast-online"


def cases(chance: random.Random) -> Iterator[Case]:
    """Good ones first, then one fault each."""
    for version in ("2.0", "3.0", "4.0", "4.1", "4.2", "4.3"):
        for seconds in (6, 15, 30):
            yield Case(f"online-{version}-{seconds}.xml", ONLINE, tag(version, seconds=seconds))
    for version in ("3.0", "4.1", "4.2"):
        yield Case(f"television-{version}.xml", "vast-ctv", tag(version, seconds=15, size="1920x1080", kbps=8000))
        yield Case(f"sound-{version}.xml", "vast-audio", beside(version, "300x250"))
        yield Case(f"wrapper-{version}.xml", ONLINE, wrapper(version))
    yield Case("macros.xml", ONLINE, edited("4.2", "/impression", "/impression?c=[CACHEBUSTING]&amp;p=%5BCONTENTPLAYHEAD%5D"))
    yield Case("marked.xml", ONLINE, lambda path: path.write_bytes(b"\xef\xbb\xbf" + made("4.2").encode()))
    yield Case("wide.xml", ONLINE, lambda path: path.write_bytes(made("3.0").replace("UTF-8", "UTF-16").encode("utf-16")))
    yield from broken(chance)
    yield from unreadable()


def broken(chance: random.Random) -> Iterator[Case]:
    """One fault each."""
    version = chance.choice(("4.1", "4.2"))
    yield Case("old.xml", "vast-ctv", tag("2.0", size="1920x1080", kbps=8000), "vast_versions", "VAST version")
    yield Case("no-version.xml", ONLINE, edited(version, f' version="{version}"', ""), "vast_structure", "VAST, line 2", ("vast_versions",))
    for name, piece, where in (("AdSystem", "<AdSystem>Makegood</AdSystem>", "InLine, line 4"), ("AdTitle", "<AdTitle>Boots</AdTitle>", "InLine, line 4"),
                               ("AdServingId", "<AdServingId>S-1</AdServingId>", "InLine, line 4"), ("Duration", "<Duration>00:00:15</Duration>", "Linear, line "),
                               ("Impression", "<Impression><![CDATA[https://track.example/impression]]></Impression>", "InLine, line 4")):  # fmt: skip
        yield Case(f"no-{name}.xml", ONLINE, edited(version, piece, ""), "vast_structure", where)
    for attribute in ("delivery", "type", "width", "height"):
        also = {"type": ("media_types",), "width": ("media_min_size",), "height": ("media_min_size",)}.get(attribute, ())
        yield Case(f"no-{attribute}.xml", ONLINE, edited(version, f" {attribute}=", f" x{attribute}="), "vast_structure", "MediaFile, line ", also)
    yield Case("odd-duration.xml", ONLINE, edited(version, "00:00:15<", "15<"), "vast_structure", "Duration, line ")
    yield Case("odd-width.xml", ONLINE, edited(version, 'width="1280"', 'width="wide"'), "vast_structure", "MediaFile, line ", ("media_min_size",))
    yield Case("no-media.xml", ONLINE, edited("3.0", media("video/mp4", "1280x720", 2000), ""), "vast_structure", "MediaFiles, line ", ("media_types",))
    yield Case("empty.xml", ONLINE, lambda path: path.write_text('<VAST version="3.0"/>'), "vast_structure", "VAST")
    yield Case("empty-address.xml", ONLINE, edited(version, "https://cdn.example/boots.mp4", ""), "vast_structure", "MediaFile, line ")
    yield Case("too-new.xml", ONLINE, edited("3.0", "</MediaFiles>", "<Mezzanine>https://cdn.example/m.mov</Mezzanine></MediaFiles>"), "vast_structure", "Mezzanine, line ")
    yield Case("no-such-event.xml", ONLINE, edited(version, 'event="midpoint"', 'event="middle"'), "vast_structure", "Tracking, line ")
    yield Case("order.xml", ONLINE, edited(version, "<AdSystem>Makegood</AdSystem>", "", "<AdTitle>", "<AdSystem>Makegood</AdSystem><AdTitle>"), "vast_schema", "InLine, line 4")
    for name, address in (("Impression", "https://track.example/impression"), ("MediaFile", "https://cdn.example/boots.mp4"),
                          ("ClickThrough", "https://halden.example/boots"), ("Tracking", "https://track.example/start")):  # fmt: skip
        yield Case(f"insecure-{name}.xml", ONLINE, edited(version, address, address.replace("https", "http")), "vast_https", f"{name}, line ")
    yield Case("vpaid.xml", ONLINE, edited(version, "<MediaFile ", '<MediaFile apiFramework="VPAID" '), "no_vpaid", "MediaFile, line ")
    yield Case("vpaid-js.xml", ONLINE, edited(version, "video/mp4", "application/javascript"), "no_vpaid", "MediaFile, line ", ("media_types",))
    yield Case("simid.xml", ONLINE, edited(version, "</MediaFiles>", '<InteractiveCreativeFile type="text/html" apiFramework="SIMID">https://cdn.example/s.html</InteractiveCreativeFile></MediaFiles>'), "interactive", "InteractiveCreativeFile, line ")
    yield Case("no-wrappers.xml", demands("wrappers", False), wrapper(version), "wrappers", "Wrapper")
    yield Case("overlay.xml", ONLINE, overlay(version), "vast_linear", "Creatives")
    yield Case("wrong-length.xml", ONLINE, tag(version, seconds=chance.choice((9, 20, 45))), "durations", "Duration of Boots")
    yield Case("webm.xml", ONLINE, edited(version, "video/mp4", "video/webm"), "media_types", "MediaFiles")
    yield Case("small.xml", ONLINE, tag(version, size="640x360"), "media_min_size", "line ")
    yield Case("thin.xml", ONLINE, tag(version, kbps=chance.randint(300, 1400)), "media_kbps", "MediaFiles")
    yield Case("thin-television.xml", "vast-ctv", tag(version, size="1920x1080", kbps=1800), "media_kbps", "MediaFiles")
    for event in EVENTS:
        yield Case(f"no-{event}.xml", ONLINE, edited(version, f'<Tracking event="{event}"><![CDATA[https://track.example/{event}]]></Tracking>', ""), "tracking", "TrackingEvents")
    yield Case("no-click.xml", ONLINE, edited(version, "<ClickThrough><![CDATA[https://halden.example/boots]]></ClickThrough>", ""), "click_through", "VideoClicks")
    yield Case("unknown-id.xml", ONLINE, edited(version, "HALD0015000H", "unknown"), "universal_ad_id", "Creative")
    yield Case("measured.xml", "vast-ctv", edited(version, "<Creatives>", '<AdVerifications><Verification vendor="ias.com"/></AdVerifications><Creatives>', made_with={"size": "1920x1080", "kbps": 8000}), "no_verification", "AdVerifications")
    yield Case("alone.xml", "vast-audio", tag(version, seconds=30, mime="audio/mpeg", size="0x0"), "companion", "CompanionAds")
    yield Case("odd-companion.xml", "vast-audio", beside(version, "300x50"), "companion", "CompanionAds")
    for macro in ("[RANDOM]", "%%CACHEBUSTER%%", "${AUCTION_ID}", "{{click}}"):
        yield Case(f"macro-{len(macro)}.xml", ONLINE, edited(version, "/impression", f"/impression?c={macro}"), "vast_macros", "Impression, line ")


def unreadable() -> Iterator[Case]:
    """XML that is not opened, or is no VAST."""
    for name, data, rule, where in (
        ("doctype.xml", '<!DOCTYPE VAST SYSTEM "http://x.example/v.dtd">' + made("3.0"), "xml.dtd", "line 1"),
        ("entity.xml", '<!DOCTYPE VAST [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + made("3.0"), "xml.dtd", "line 1"),
        ("unclosed.xml", made("3.0").replace("</Linear>", ""), "xml.malformed", "unclosed.xml, line "),
        ("unfinished.xml", made("3.0")[:-7], "xml.malformed", "unfinished.xml, line "), ("cut.xml", made("3.0")[:-3], "xml.truncated", "cut.xml, line "),
        ("deep.xml", '<VAST version="3.0">' + "<a>" * 200 + "</a>" * 200 + "</VAST>", "xml.too_deep", "deep.xml, line 1"),
        ("odd-letters.xml", made("3.0").replace("UTF-8", "UTF-7"), "xml.encoding", "odd-letters.xml"),
        ("mast.xml", "<MAST version='1.0'/>", "vast.root", "mast.xml, line 1"),
        ("vast1.xml", "<VideoAdServingTemplate/>", "vast.root", "vast1.xml, line 1"),
    ):
        yield Case(name, ONLINE, lambda path, data=data: path.write_text(data, "utf-8"), rule, where)


def tag(version: str, **how: object) -> Callable[[Path], object]:
    """A whole inline tag."""
    return lambda path: path.write_text(made(version, **how), "utf-8")


def edited(version: str, *pieces: str, made_with: dict[str, object] | None = None) -> Callable[[Path], object]:
    """A whole tag, each second piece put for the one before it."""
    def write(path: Path) -> None:
        data = made(version, **(made_with or {}))
        for old, new in zip(pieces[::2], pieces[1::2], strict=True):
            if old not in data:
                raise ValueError(f"the tag has no {old!r} to change")
            data = data.replace(old, new, 1)
        path.write_text(data, "utf-8")

    return write


def media(mime: str, size: str, kbps: int) -> str:
    """One rendition."""
    width, height = size.split("x")
    return f'<MediaFile delivery="progressive" type="{mime}" width="{width}" height="{height}" bitrate="{kbps}"><![CDATA[https://cdn.example/boots.mp4]]></MediaFile>'


def made(version: str, *, seconds: int = 15, size: str = "1280x720", mime: str = "video/mp4", kbps: int = 2000) -> str:
    """The text of an inline tag in the order its version's schema asks for."""
    tracking = "".join(f'<Tracking event="{event}"><![CDATA[https://track.example/{event}]]></Tracking>\n' for event in EVENTS)
    duration, files = f"<Duration>00:00:{seconds:02d}</Duration>", f"<MediaFiles>{media(mime, size, kbps)}</MediaFiles>"
    events, clicks = f"<TrackingEvents>\n{tracking}</TrackingEvents>", "<VideoClicks><ClickThrough><![CDATA[https://halden.example/boots]]></ClickThrough></VideoClicks>"
    impression, title = "<Impression><![CDATA[https://track.example/impression]]></Impression>", "<AdTitle>Boots</AdTitle>"
    if version < "4":
        head, linear, ident = f"{title}\n{impression}", f"{duration}\n{events}\n{clicks}\n{files}", ""
    else:
        serving = "\n<AdServingId>S-1</AdServingId>" if version > "4.0" else ""
        head, linear = f"{impression}{serving}\n{title}", f"{events}\n{duration}\n{files}\n{clicks}"
        ident = f'\n<UniversalAdId idRegistry="ad-id.org"{" idValue=" + chr(34) + "HALD0015000H" + chr(34) if version == "4.0" else ""}>HALD0015000H</UniversalAdId>'
    space = ' xmlns="http://www.iab.com/VAST"' if version >= "4" else ""
    return (f'<?xml version="1.0" encoding="UTF-8"?>\n<VAST version="{version}"{space}>\n<Ad id="1">\n<InLine>\n<AdSystem>Makegood</AdSystem>\n{head}\n'
            f"<Creatives><Creative>\n<Linear>\n{linear}\n</Linear>{ident}\n</Creative></Creatives>\n</InLine></Ad></VAST>")  # fmt: skip


def beside(version: str, size: str) -> Callable[[Path], object]:
    """A sound spot with a picture beside it."""
    width, height = size.split("x")
    still = (f'<Creative><CompanionAds><Companion width="{width}" height="{height}"><StaticResource creativeType="image/png">https://cdn.example/a.png'
             "</StaticResource></Companion></CompanionAds>{0}</Creative></Creatives>")  # fmt: skip
    ident = '<UniversalAdId idRegistry="ad-id.org">HALD0016000H</UniversalAdId>' if version > "4" else ""
    made_with = {"seconds": 30, "mime": "audio/mpeg", "size": "0x0"}
    return edited(version, "</Creatives>", still.replace("{0}", ident), made_with=made_with)


def wrapper(version: str) -> Callable[[Path], object]:
    """A tag that points to another."""
    address, impression = "<VASTAdTagURI>https://ads.example/tag</VASTAdTagURI>", "<Impression>https://track.example/i</Impression>"
    body = f"{address}{impression}<Creatives/>" if version < "4" else f"{impression}{address}"
    space = ' xmlns="http://www.iab.com/VAST"' if version >= "4" else ""
    return lambda path: path.write_text(f'<VAST version="{version}"{space}><Ad id="1"><Wrapper><AdSystem>x</AdSystem>{body}</Wrapper></Ad></VAST>')


def overlay(version: str) -> Callable[[Path], object]:
    """An ad that only lies over the picture."""
    def write(path: Path) -> None:
        data = made(version)
        start, end = data.index("<Linear>"), data.index("</Linear>") + len("</Linear>")
        still = '<NonLinearAds><NonLinear width="300" height="50"><StaticResource creativeType="image/png">https://cdn.example/a.png</StaticResource></NonLinear></NonLinearAds>'
        path.write_text(data[:start] + still + data[end:])

    return write

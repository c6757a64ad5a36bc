"""Demo VAST tags and native copy.
The media a tag points to is the caller's; nothing is fetched.
"""

from __future__ import annotations

import json
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from makegood.documents.creatives.samples.brand import Brand, known, pixels

FAULTS = ("insecure", "vpaid", "no_tracking", "no_media", "dtd")
EVENTS = ("start", "firstQuartile", "midpoint", "thirdQuartile", "complete")
TAG = """<?xml version="1.0" encoding="UTF-8"?>
{doctype}<VAST version="4.2" xmlns="http://www.iab.com/VAST">
  <Ad id={id}>
    <InLine>
      <AdSystem version="1.0">Makegood</AdSystem>
      <Error><![CDATA[{base}/error?code=[ERRORCODE]]]></Error>
      <Impression><![CDATA[{base}/impression]]></Impression>
      <AdServingId>{serving}</AdServingId>
      <AdTitle>{title}</AdTitle>
      <Advertiser>{name}</Advertiser>
      <Creatives>
        <Creative id="1" adId={ad_id}>
          <Linear>
            <TrackingEvents>
{tracking}            </TrackingEvents>
            <Duration>{duration}</Duration>
            <MediaFiles>
{media}            </MediaFiles>
            <VideoClicks>
              <ClickThrough><![CDATA[{click}]]></ClickThrough>
            </VideoClicks>
          </Linear>
          <UniversalAdId idRegistry="ad-id.org">{universal}</UniversalAdId>
        </Creative>
      </Creatives>
    </InLine>
  </Ad>
</VAST>
"""


def vast(
    target: Path, brand: Brand, *, media_url: str, click_url: str, tracking_url: str = "https://track.adhouse.example",
    seconds: int = 15, size: str = "1280x720", mime: str = "video/mp4", kbps: int = 2000, fault: str | None = None,
) -> Path:  # fmt: skip
    """Write an inline VAST 4.2 tag to ``target`` that points at ``media_url``. Returns ``target``.

    Faults: insecure, vpaid, no_tracking, no_media, dtd. Raises UnknownFault.
    """
    known(fault, *FAULTS)
    width, height = (0, 0) if mime.startswith("audio/") else pixels(size)
    base = tracking_url.replace("https:", "http:") if fault == "insecure" else tracking_url
    line = '              <Tracking event="{0}"><![CDATA[{1}/{0}]]></Tracking>\n'
    media = (
        f'              <MediaFile delivery="progressive" type="{mime}" width="{width}" height="{height}" bitrate="{kbps}"'
        f"{' apiFramework=' + quoteattr('VPAID') if fault == 'vpaid' else ''}><![CDATA[{media_url}]]></MediaFile>\n"
    )
    serial = "".join(c for c in brand.name.upper() if c.isalnum())[:4].ljust(4, "X")
    minutes, rest = divmod(seconds, 60)
    target.write_text(TAG.format(
        doctype='<!DOCTYPE VAST [<!ENTITY e "e">]>\n' if fault == "dtd" else "", id=quoteattr(serial), base=base,
        serving=f"{serial}-{seconds}", title=escape(f"{brand.name}: {brand.headline}"), name=escape(brand.name),
        ad_id=quoteattr(serial), universal=f"{serial}{seconds:04d}000H", duration=f"00:{minutes:02d}:{rest:02d}",
        tracking="" if fault == "no_tracking" else "".join(line.format(event, base) for event in EVENTS),
        media="" if fault == "no_media" else media, click=click_url,
    ), "utf-8")  # fmt: skip
    return target


def native(target: Path, brand: Brand, *, url: str, fault: str | None = None) -> Path:
    """Write native copy as JSON to ``target``. Faults: too_long, no_brand, insecure. Raises UnknownFault."""
    known(fault, "too_long", "no_brand", "insecure")
    data = {
        "title": brand.headline * 4 if fault == "too_long" else brand.headline,
        "body": f"{brand.name} is ready when you are. See what is new this season.",
        "brand": brand.name, "cta": brand.button[:15],
        "url": url.replace("https:", "http:") if fault == "insecure" else url,
    }  # fmt: skip
    if fault == "no_brand":
        del data["brand"]
    target.write_text(json.dumps(data, ensure_ascii=False, indent=1), "utf-8")
    return target

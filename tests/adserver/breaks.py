"""A plan for breaks: three spots of two campaigns on one placement, one with companions beside it, several files each."""

import dataclasses

from makegood.engine.plan import (
    FrequencyCap,
    PlanCreative,
    PlanFlight,
    PlanPlacement,
    PlanRendition,
    PlanRotation,
    ServingPlan,
)
from tests.adserver import plans

PIXELS = ("https://verifier.example/i?c=[CACHEBUSTING]&t=[TIMESTAMP]",)


def plan(tag_url: str = plans.TAG) -> ServingPlan:
    """Placements break (audio), film (video), side (display beside), tall (html beside), other (another's), tag (an advertiser's VAST)."""
    spot = PlanCreative(
        51, 151, plans.SHA["audio"], "audio", "audio/mpeg", duration_s=4.0, path=f"{plans.SHA['audio']}/spot.mp3", click_url=plans.CLICK,
        third_party_impression_urls=PIXELS, bitrate_kbps=192.0,
        renditions=(PlanRendition(f"{plans.SHA['draft']}/spot.ogg", "audio/ogg", bitrate_kbps=96.4),),
    )  # fmt: skip
    film = PlanCreative(
        54, 154, plans.SHA["video"], "video", "video/mp4", 320, 180, 4.0, f"{plans.SHA['video']}/spot.mp4", plans.CLICK, bitrate_kbps=500.0,
        renditions=(PlanRendition(f"{plans.SHA['video']}/small.mp4", "video/mp4", 160, 90, 200.0),),
    )  # fmt: skip
    image = PlanCreative(
        55, 155, plans.SHA["image"], "image", "image/png", 300, 250, path=f"{plans.SHA['image']}/banner.png", click_url=plans.CLICK,
        third_party_impression_urls=PIXELS,
    )  # fmt: skip
    bundle = PlanCreative(
        56, 156, plans.SHA["html"], "html", "text/html", 300, 600, path=f"{plans.SHA['html']}/index.html", click_url=plans.CLICK
    )
    tag = PlanCreative(
        58, 158, plans.SHA["draft"], "vast_tag", "application/xml", duration_s=4.0, vast_url=tag_url
    )
    creatives = (
        spot, dataclasses.replace(spot, id=52, version_id=152), dataclasses.replace(spot, id=53, version_id=153, duration_s=30.0),
        film, image, bundle, dataclasses.replace(image, id=57, version_id=157), tag,
    )  # fmt: skip
    places = (
        PlanPlacement(1, "break", "audio", duration_s=30.0), PlanPlacement(2, "film", "video"),
        PlanPlacement(3, "side", "display", 300, 250), PlanPlacement(4, "tall", "html", 300, 600),
        PlanPlacement(5, "other", "display", 300, 250), PlanPlacement(6, "tag", "video"),
    )  # fmt: skip
    flights = (
        flight(61, (1,), 51, 0.34, companion_group="duet"), flight(62, (1,), 52, 0.33), flight(63, (1,), 53, 0.33),
        flight(64, (2,), 54, 1.0), flight(65, (3,), 55, 1.0, companion_group="duet"),
        flight(66, (4,), 56, 1.0, companion_group="duet"),
        flight(68, (6,), 58, 1.0), flight(67, (5,), 57, 1.0, frequency_cap=FrequencyCap(3, 3600)),
    )  # fmt: skip
    return ServingPlan("breaks", 1, "2026-01-01T00:00:00Z", "Europe/Berlin", flights, places, creatives)


def flight(number: int, places: tuple[int, ...], creative: int, share: float, **more: object) -> PlanFlight:
    """One exclusive or shared flight, always running."""
    return PlanFlight(
        number, number + 100, number + 200, 9, "sponsorship", "2020-01-01T00:00:00+00:00", "2100-01-01T00:00:00+00:00", places,
        (PlanRotation(creative),), share=share, **more,
    )  # fmt: skip

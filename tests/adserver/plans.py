"""A small plan with every kind of creative, and its asset folder."""

import dataclasses
import hashlib
import json
import pathlib

from makegood.engine.plan import FrequencyCap, PlanCreative, PlanFlight, PlanPlacement, PlanRotation, ServingPlan

HTML = b"<!doctype html><title>x</title><script src='ad.js'></script>"
SHA = {name: hashlib.sha256(name.encode()).hexdigest() for name in ("image", "html", "audio", "video", "draft")}
CLICK = "https://advertiser.example/landing?a=1&b=2"
KEYS = {"current": "k2", "keys": {"k1": "11" * 32, "k2": "22" * 32}}
TAG = "https://adserver.example/vast.xml"


def assets(folder: pathlib.Path) -> pathlib.Path:
    """Write the files the plan names, and one folder no plan names."""
    for name, file, data in (
        ("image", "banner.png", b"\x89PNG" + bytes(5000)),
        ("html", "index.html", HTML),
        ("html", "ad.js", b"document.body.id='x'"),
        ("audio", "spot.mp3", bytes(range(256)) * 4000),
        ("video", "spot.mp4", b"mp4" * 1000),
        ("draft", "index.html", HTML),
    ):
        path = folder / SHA[name] / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


def plan(version: int = 1) -> ServingPlan:
    """Placements home (display), feed (html), audio, video, wrapped (video), empty; one house flight each."""
    placements = (
        PlanPlacement(1, "home", "display", 300, 250),
        PlanPlacement(2, "feed", "html", 300, 600),
        PlanPlacement(3, "audio", "audio", duration_s=30.0),
        PlanPlacement(4, "video", "video"),
        PlanPlacement(5, "wrapped", "video"),
        PlanPlacement(6, "empty", "display", 300, 250),
        PlanPlacement(7, "quiet", "video"),
        PlanPlacement(8, "fallback", "display", 300, 250, fallback_creative_id=21),
        PlanPlacement(9, "capped", "display", 300, 250),
    )
    image = PlanCreative(
        21, 121, SHA["image"], "image", "image/png", 300, 250, path=f"{SHA['image']}/banner.png", click_url=CLICK,
        third_party_impression_urls=("https://verifier.example/i?x=1&y=2",),
    )  # fmt: skip
    creatives = (
        image,
        PlanCreative(
            22, 122, SHA["html"], "html", "text/html", 300, 600, path=f"{SHA['html']}/index.html", click_url=CLICK
        ),
        PlanCreative(23, 123, SHA["audio"], "audio", "audio/mpeg", duration_s=30.0, path=f"{SHA['audio']}/spot.mp3"),
        PlanCreative(24, 124, SHA["video"], "video", "video/mp4", 640, 360, 15.5, f"{SHA['video']}/spot.mp4", CLICK),
        PlanCreative(25, 125, "", "vast_tag", "application/xml", vast_url=TAG),
    )
    flights = [_flight(30 + n, place, 20 + n) for n, place in enumerate((1, 2, 3, 4, 5), 1)]
    capped = dataclasses.replace(_flight(39, 9, 21), frequency_cap=FrequencyCap(2, 3600))
    return ServingPlan("p", version, "2026-01-01T00:00:00Z", "Europe/Berlin", (*flights, capped), placements, creatives)


def _flight(flight_id: int, placement_id: int, creative_id: int) -> PlanFlight:
    return PlanFlight(
        flight_id, flight_id + 100, flight_id + 200, 9, "sponsorship", "2020-01-01T00:00:00+00:00",
        "2100-01-01T00:00:00+00:00", (placement_id,), (PlanRotation(creative_id),), share=1.0,
    )  # fmt: skip


def keys(path: pathlib.Path) -> pathlib.Path:
    """Write the keys file."""
    path.write_text(json.dumps(KEYS))
    return path

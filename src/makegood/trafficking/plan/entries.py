"""One record each as its entry of the plan. Which entries there are is decided in compiling."""

from collections.abc import Sequence

from django.conf import settings

from makegood.catalog.models import Placement
from makegood.creatives.models import Version
from makegood.engine import periods
from makegood.engine import plan as plans
from makegood.engine.decision.placement import fits as _fits
from makegood.orders.models import Flight
from makegood.trafficking.models import Assignment
from makegood.trafficking.plan import terms, turns
from makegood.trafficking.plan.chances import Chance

COUNTED = ("impressions", "spots")
NONE = Chance(0.0)


def placement(row: Placement) -> plans.PlanPlacement:
    """A placement as tags and requests name it."""
    return plans.PlanPlacement(
        row.pk, row.code, row.format, row.width, row.height, float(row.duration_s) if row.duration_s else None
    )


def creative(row: Assignment) -> plans.PlanCreative:
    """An assigned version. Its id is the assignment's, because click and pixels belong to the flight it runs on."""
    return _creative(row.pk, row.version, row.click_url, tuple(row.impression_urls))


def _creative(number: int, version: Version, click_url: str, pixels: tuple[str, ...]) -> plans.PlanCreative:
    facts, tag = version.facts, version.kind == "vast_tag"
    length = (
        facts.get("duration_s") if version.kind in ("audio", "video") else version.creative.duration_s if tag else None
    )
    return plans.PlanCreative(
        id=number, version_id=version.pk, sha256=version.sha256, kind=version.kind, media_type=version.file.media_type,
        width=facts.get("width"), height=facts.get("height"), duration_s=float(length) if length else None,
        path="" if tag or version.kind == "native" else version.asset_path, click_url=click_url or None,
        third_party_impression_urls=pixels, vast_url=f"{settings.ADSERVER_URL}/assets/{version.asset_path}" if tag else None,
        native=dict(facts.get("fields", ())) if version.kind == "native" else None,
        bitrate_kbps=facts.get("bitrate_kbps") if version.kind in ("audio", "video") else None,
    )  # fmt: skip


def fits(version: Version, place: Placement) -> bool:
    """Whether the ad server would show this version on the placement: the same rule it decides by."""
    return _fits(_creative(0, version, "", ()), placement(place))


def flight(
    row: Flight, assigned: Sequence[Assignment], *, chance: Chance = NONE, throttle: float = 1.0,
    learnt: turns.Learnt = turns.NOTHING, seed: int = 0,
) -> plans.PlanFlight:  # fmt: skip
    """A flight with its rotation (see `turns`); its days become UTC moments by the order's own zone."""
    line, order = row.line, row.line.order
    tier, chosen = terms.tier(row), turns.of(row)
    kind, creatives = turns.turns(row, assigned, learnt, seed)
    return plans.PlanFlight(
        id=row.pk, line_id=line.pk, order_id=order.pk, advertiser_id=order.advertiser_id, priority=tier,
        starts_at=periods.day_bounds(row.start, order.zone)[0].isoformat(),
        ends_at=periods.day_bounds(row.end, order.zone)[1].isoformat(), placement_ids=tuple(sorted(row.placement_ids)),
        creatives=creatives,
        category=order.advertiser.category or None, targeting=dict(line.targeting),
        goal=row.goal if line.unit in COUNTED else None, theta=chance.theta, alpha=chance.alpha, weight=chance.weight, throttle=throttle,
        share=terms.share(row),
        frequency_cap=terms.cap(row),
        competitive_separation=tier == "sponsorship", rotation=kind, roadblock=chosen is not None and chosen.roadblock,
        cpm=terms.cpm(line), currency=order.currency, deal_id=terms.deal(line),
        conversion_days=line.conversion_days,
    )  # fmt: skip

"""The compiled serving plan: the one contract between the control plane and the ad server.

Frozen records and their JSON form (UTF-8 bytes). Deciding lives in `decision`; compiling in `trafficking`.
"""

from __future__ import annotations

import dataclasses
import math
import re
from typing import Any, Literal

import orjson

from makegood.engine import jsonread

FORMAT_VERSION = 1
CONVERSION_DAYS, MOST_CONVERSION_DAYS = 30, 45
"""Days after a click in which what the person does is the ad's, unless the line says otherwise; more are not remembered."""

Format = Literal["display", "html", "audio", "video", "native"]
Priority = Literal["sponsorship", "guaranteed", "non_guaranteed", "house"]
Rotation = Literal["even", "weighted", "sequential", "optimised"]
CreativeKind = Literal["image", "html", "audio", "video", "vast_tag", "native"]


class PlanInvalid(ValueError):
    """The plan's bytes are not a plan of this format; the message names the place."""


@dataclasses.dataclass(frozen=True, slots=True)
class FrequencyCap:
    """At most `count` impressions per person in any `seconds`."""

    count: int
    seconds: int


@dataclasses.dataclass(frozen=True, slots=True)
class PlanPlacement:
    """A place on a page, in a stream or in a feed. `fallback_creative_id` shows when nothing is eligible."""

    id: int
    code: str
    format: Format
    width: int | None = None
    height: int | None = None
    duration_s: float | None = None
    fallback_creative_id: int | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class PlanRendition:
    """Another file of the same spot or film: another size, bitrate or container. `path` is relative to the asset root."""

    path: str
    media_type: str
    width: int | None = None
    height: int | None = None
    bitrate_kbps: float | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class PlanCreative:
    """An approved creative version. `path` is relative to the asset root: '<sha256>/banner.png'."""

    id: int
    version_id: int
    sha256: str
    kind: CreativeKind
    media_type: str
    width: int | None = None
    height: int | None = None
    duration_s: float | None = None
    path: str = ""
    click_url: str | None = None
    third_party_impression_urls: tuple[str, ...] = ()
    vast_url: str | None = None
    native: dict[str, Any] | None = None
    bitrate_kbps: float | None = None
    renditions: tuple[PlanRendition, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class PlanRotation:
    """One creative in a flight's rotation with its relative weight: sold, or for "optimised" made by `rotation.thompson`."""

    creative_id: int
    weight: float = 1.0


@dataclasses.dataclass(frozen=True, slots=True)
class PlanFlight:
    """A flight as the ad server needs it; times ISO UTC, `starts_at` inclusive, `ends_at` exclusive.

    theta, alpha and weight (V) are the allocation's duals (SHALE): x = theta * max(0, 1 + (alpha - beta) / weight).
    `share` in (0, 1] is share of voice for sponsorships (1 = exclusive); `throttle` in [0, 1] is pacing feedback.
    A `roadblock` takes every slot of a page, with its companion group where it has one, or none.
    `cpm` is what a thousand impressions are sold for (decimal text in `currency`), None where a bid cannot name a price;
    `deal_id` is what buyers' systems call the deal. `conversion_days` is how long after a click a conversion counts.
    """

    id: int
    line_id: int
    order_id: int
    advertiser_id: int
    priority: Priority
    starts_at: str
    ends_at: str
    placement_ids: tuple[int, ...]
    creatives: tuple[PlanRotation, ...]
    category: str | None = None
    targeting: dict[str, Any] = dataclasses.field(default_factory=dict)
    goal: int | None = None
    theta: float = 0.0
    alpha: float = 0.0
    weight: float = 1.0
    throttle: float = 1.0
    share: float | None = None
    frequency_cap: FrequencyCap | None = None
    competitive_separation: bool = False
    companion_group: str | None = None
    rotation: Rotation = "even"
    roadblock: bool = False
    cpm: str | None = None
    currency: str | None = None
    deal_id: str | None = None
    conversion_days: int = CONVERSION_DAYS


@dataclasses.dataclass(frozen=True, slots=True)
class ServingPlan:
    """Everything an ad server needs to decide and render; `zone` is the publisher's IANA time zone.

    Tokens of `ended_callers` ask for no more bids.
    """

    plan_id: str
    version: int
    made_at: str
    zone: str
    flights: tuple[PlanFlight, ...] = ()
    placements: tuple[PlanPlacement, ...] = ()
    creatives: tuple[PlanCreative, ...] = ()
    ended_callers: tuple[str, ...] = ()
    format_version: int = FORMAT_VERSION

    def to_json(self) -> bytes:
        """Serialise with sorted keys, so the same plan is the same bytes."""
        return orjson.dumps(self, option=orjson.OPT_SORT_KEYS)


def from_json(data: bytes) -> ServingPlan:
    """Parse a plan; raises PlanInvalid naming the field that is missing, unknown or of the wrong type."""
    try:
        row = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise PlanInvalid(f"plan: not JSON: {error}") from error
    if isinstance(row, dict) and row.get("format_version") != FORMAT_VERSION:
        raise PlanInvalid(f"plan.format_version: {row.get('format_version')!r}, this server reads {FORMAT_VERSION}")
    try:
        plan: ServingPlan = jsonread.read(ServingPlan, row, "plan")
    except jsonread.Misfit as error:
        raise PlanInvalid(str(error)) from error
    _check_references(plan)
    for flight in plan.flights:
        check_numbers(flight)
    return plan


def check_numbers(flight: PlanFlight) -> None:
    """Raise PlanInvalid unless chances can be computed from the flight's numbers."""
    for name in ("theta", "alpha", "weight", "throttle"):
        value = getattr(flight, name)
        if not math.isfinite(value) or value < 0:
            raise PlanInvalid(f"flight {flight.id}: {name} {value} must be a number of at least 0")
    if flight.weight == 0 and flight.theta > 0:
        raise PlanInvalid(f"flight {flight.id}: weight 0 with a theta above 0; give V as the allocation did")
    if flight.cpm is not None and not (re.fullmatch(r"\d{1,9}(\.\d{1,6})?", flight.cpm) and flight.currency):
        raise PlanInvalid(f"flight {flight.id}: cpm {flight.cpm!r} must be decimal text such as '12.50', with a currency")
    if not 1 <= flight.conversion_days <= MOST_CONVERSION_DAYS:
        raise PlanInvalid(f"flight {flight.id}: conversion_days {flight.conversion_days} is outside 1 to {MOST_CONVERSION_DAYS}")
    if flight.share is not None and not 0 < flight.share <= 1:
        raise PlanInvalid(f"flight {flight.id}: share {flight.share} is outside (0, 1]")
    for one in flight.creatives:
        if not math.isfinite(one.weight) or one.weight < 0:
            raise PlanInvalid(f"flight {flight.id}: creative {one.creative_id} has weight {one.weight}, must be at least 0")


def _check_references(plan: ServingPlan) -> None:
    placements, creatives = {p.id for p in plan.placements}, {c.id for c in plan.creatives}
    for flight in plan.flights:
        for missing in set(flight.placement_ids) - placements:
            raise PlanInvalid(f"flight {flight.id}: placement {missing} is not in the plan")
        for missing in {r.creative_id for r in flight.creatives} - creatives:
            raise PlanInvalid(f"flight {flight.id}: creative {missing} is not in the plan")

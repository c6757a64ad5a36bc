"""From an ad request to what is shown in each slot: the decision asked, the grant made.

Deciding itself is `makegood.engine.decision`; signed URLs are made in `urls`, answers in `routes`.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence

from makegood.adserver import capping, consent, events, sources
from makegood.adserver.adrequest import AdRequest, BadRequest
from makegood.adserver.http import Request
from makegood.adserver.signing import Grant
from makegood.adserver.state import State
from makegood.engine import decision, targeting
from makegood.engine.plan import PlanCreative, PlanPlacement


@dataclasses.dataclass(frozen=True, slots=True)
class Offer:
    """What one slot shows; `creative` is None when nothing does. `payload` is the grant's signed text."""

    slot_id: str
    placement: PlanPlacement
    creative: PlanCreative | None = None
    flight_id: int = 0
    payload: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Offers:
    """Offers of one page, their request and served events, and the person's new cap token ("" without consent)."""

    offers: list[Offer]
    events: tuple[events.Event, ...]
    caps: str


def make(state: State, request: Request, ad: AdRequest) -> Offers:
    """Decide every slot of `ad`; raises BadRequest for a placement the plan does not have."""
    now_ms, live = state.clock.now_ms(), state.plans.current
    placements = []
    for number, slot in enumerate(ad.slots):
        if slot.placement not in live.placements:
            raise BadRequest(f"slots[{number}].placement: {slot.placement!r} is not in the plan")
        placements.append(live.placements[slot.placement])
    device = ad.device or sources.device_of(request.headers.get("user-agent", ""))
    permits = consent.read(ad.consent, state.settings.tcf_vendor)
    may_cap = permits.identifier
    if ad.audiences and not permits.personal:
        ad = dataclasses.replace(ad, audiences=frozenset())
    asked = _asked(ad, placements, device, live.hour_of_week(now_ms))
    counts = capping.read(state.keys, ad.caps or request.cookie(capping.COOKIE)) if may_cap else {}
    counts = capping.current(counts, live.cap_windows_s, now_ms // 1000)
    decided = decision.decide_page(
        live.decider,
        asked,
        at=dt.datetime.fromtimestamp(now_ms / 1000, dt.UTC),
        us=[state.random.u() for _ in asked],
        caps={flight: count.shown for flight, count in counts.items()},
    )
    source, made, happened = state.sources.of(request), [], list[events.Event]()
    for slot, placement, answer in zip(ad.slots, placements, decided, strict=True):
        grant = _grant(state, ad, placement, answer, device, now_ms)
        happened.append(_requested(grant, ad, now_ms, source))
        if grant.creative_id:
            happened.append(events.of(grant, "served", now_ms, source))
        if grant.flight_id in live.cap_windows_s:
            counts = capping.shown(counts, grant.flight_id, now_ms // 1000)
        creative = live.creatives.get(grant.creative_id)
        made.append(Offer(slot.id, placement, creative, grant.flight_id, grant.payload(state.keys.current)))
    return Offers(made, tuple(happened), capping.write(state.keys, counts) if may_cap and counts else "")


def _asked(
    ad: AdRequest, placements: Sequence[PlanPlacement], device: str, hour_of_week: int
) -> list[targeting.Request]:
    return [
        targeting.Request(
            placement=place.id,
            geo=ad.geo,
            device=device,
            audiences=ad.audiences,
            section=ad.section,
            language=ad.language,
            category=ad.category,
            key_values=ad.key_values,
            hour_of_week=hour_of_week,
            format=place.format,
            width=place.width,
            height=place.height,
        )
        for place in placements
    ]


def _grant(
    state: State, ad: AdRequest, placement: PlanPlacement, answer: decision.Decision | None, device: str, now_ms: int
) -> Grant:
    live = state.plans.current
    flight = live.flights[answer.flight_id] if answer else None
    creative_id = answer.creative_id if answer else placement.fallback_creative_id or 0
    creative = live.creatives.get(creative_id)
    return Grant(
        nonce=state.random.nonce(),
        issued_s=now_ms // 1000,
        expires_s=now_ms // 1000 + state.settings.event_ttl_s,
        placement_id=placement.id,
        flight_id=flight.id if flight else 0,
        line_id=flight.line_id if flight else 0,
        order_id=flight.order_id if flight else 0,
        creative_id=creative.id if creative else 0,
        version_id=creative.version_id if creative else 0,
        plan_version=live.plan.version,
        test=ad.test,
        device=device,
        geo=ad.geo or "",
    )


def _requested(grant: Grant, ad: AdRequest, now_ms: int, source: events.Source) -> events.Event:
    """A request belongs to the placement, not to whichever flight won it."""
    return events.Event(
        id=f"{grant.nonce}.request",
        kind="request",
        at=now_ms,
        placement_id=grant.placement_id,
        plan_version=grant.plan_version,
        geo=grant.geo,
        device=grant.device,
        ip=source.ip,
        bot=source.bot,
        datacentre=source.datacentre,
        prefetch=source.prefetch,
        test=grant.test,
        audiences=tuple(sorted(ad.audiences)),
    )

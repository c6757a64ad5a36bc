"""From an ad request to what is shown in each slot: the decision asked, the grant made.

Deciding itself is `makegood.engine.decision`; signed URLs are made in `urls`, answers in `routes`.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence

import msgspec

from makegood.adserver import capping, consent, events, lines, people, signing, sources
from makegood.adserver.adrequest import AdRequest, BadRequest
from makegood.adserver.events import Kind
from makegood.adserver.http import Request
from makegood.adserver.lines import Lines, Recorded
from makegood.adserver.plans import LivePlan, Moment
from makegood.adserver.state import State
from makegood.engine import decision, targeting
from makegood.engine.plan import PlanCreative, PlanPlacement

_NO_AUDIENCES: frozenset[str] = frozenset()
_NOTHING: tuple[Kind, ...] = ()
_REQUESTED: tuple[Kind, ...] = ("request",)
_SERVED: tuple[Kind, ...] = ("request", "served")


class Offer(msgspec.Struct, frozen=True, gc=False):
    """What one slot shows; `creative` is None when nothing does. `payload` is the grant's signed text."""

    slot_id: str
    placement: PlanPlacement
    creative: PlanCreative | None = None
    flight_id: int = 0
    payload: str = ""


class Offers(msgspec.Struct, frozen=True):
    """Offers of one page, their request and served events, and the person's new cap token ("" without consent).

    `live` is the plan they are of: a newer one may have been taken since. `withdrawn`: the browser still keeps a token that its
    person, asked now, no longer allows.
    """

    offers: list[Offer]
    events: tuple[Recorded, ...]
    caps: str
    live: LivePlan
    withdrawn: bool = False


def make(state: State, request: Request, ad: AdRequest) -> Offers:
    """Decide every slot of `ad`; raises BadRequest for a placement the plan does not have."""
    live = state.plans.current
    now = live.moment(state.clock.now_ms())
    device = ad.device or sources.device_of(request.headers.get("user-agent", ""))
    permits = consent.read(ad.consent, state.settings.tcf_vendor) if ad.consent is not None else consent.NOTHING
    may_cap = permits.identifier
    if ad.audiences and not permits.personal:
        ad = msgspec.structs.replace(ad, audiences=None)
    asked, us = _asked(state, live, ad, device, now)
    given = ad.caps or request.cookie(capping.COOKIE) if may_cap else ""
    before = capping.read(state.keys, given) if given else capping.NOTHING
    kept = _current(state, live, before, now) if may_cap else capping.NOTHING
    counts = kept.counts
    caps = {flight: count.shown for flight, count in counts.items()} if counts else decision.UNSEEN
    decided = decision.decide_page(live.decider, asked, at=now.at, us=us, caps=caps)
    person = people.known(state.keys, kept.person) if kept.person else people.NOBODY
    made, happened = _granted(state, live, request, ad, decided, device, now, person)
    if may_cap:
        for offer in made:
            if offer.flight_id in live.cap_windows_s:
                counts = capping.shown(counts, offer.flight_id, now.ms // 1000)
    after = capping.Kept(counts, kept.person, kept.since_s)
    withdrawn = ad.consent is not None and not may_cap and request.cookie(capping.COOKIE) != ""
    same = after == before and given.startswith(f"{state.keys.current}~")
    return Offers(made, (happened,), given if same else capping.write(state.keys, after), live, withdrawn)


def _asked(
    state: State, live: LivePlan, ad: AdRequest, device: str, now: Moment
) -> tuple[list[targeting.Request], list[float]]:
    """What the decision is asked for each slot, and a draw for it."""
    asked, us = list[targeting.Request](), list[float]()
    for slot in ad.slots:
        place = live.placements.get(slot.placement)
        if place is None:
            raise BadRequest(f"slots[{len(us)}].placement: {slot.placement!r} is not in the plan")
        us.append(state.random.u())
        asked.append(asking(place, ad, device, now.hour_of_week))
    return asked, us


def asking(place: PlanPlacement, ad: AdRequest, device: str, hour_of_week: int) -> targeting.Request:
    """Return what targeting is asked for one slot of `ad` on a placement."""
    key_values = {key: str(value) for key, value in ad.key_values.items()} if ad.key_values else targeting.NO_KEY_VALUES
    return targeting.Request(
        place.id, ad.geo, device, ad.audiences or _NO_AUDIENCES, ad.section, ad.language, ad.category, key_values,
        hour_of_week, place.format, place.width, place.height,
    )  # fmt: skip


def _current(state: State, live: LivePlan, before: capping.Kept, now: Moment) -> capping.Kept:
    """What a browser keeps, without windows that are over, and numbered."""
    now_s = now.ms // 1000
    counts = capping.current(before.counts, live.cap_windows_s, now_s) if before.counts else before.counts
    return people.numbered(capping.Kept(counts, before.person, before.since_s), state.random, now_s)


def _granted(
    state: State,
    live: LivePlan,
    request: Request,
    ad: AdRequest,
    decided: Sequence[decision.Decision | None],
    device: str,
    now: Moment,
    person: people.Known,
) -> tuple[list[Offer], Lines]:
    """A grant for each slot, as the payload its URLs sign, with the lines of its request and of what is served."""
    asker = _asker(ad.geo or "", device, state.sources.known(request), ad.test is True)
    wanted = lines.audiences(ad.audiences) if ad.audiences else ""
    made, text, kinds, at = list[Offer](), "", _NOTHING, now.ms
    known = f',"person":"{person.logged}"' if person.logged else ""
    start, times = state.keys.current, now.times(state.settings.event_ttl_s)
    for slot, answer in zip(ad.slots, decided, strict=True):
        card, nonce = live.cards.of(live.placements[slot.placement], answer), state.random.nonce()
        text += f'{{"id":"{nonce}.request","kind":"request","at":{at}{card.requested}{asker.line}{wanted}}}\n'
        if card.creative:
            kinds += _SERVED
            text += f'{{"id":"{nonce}.served","kind":"served","at":{at}{card.fields}{asker.line}{known}}}\n'
        else:
            kinds += _REQUESTED
        payload = f"{start}~{nonce}{times}{card.ids}{asker.payload}{people.hidden(state.keys, nonce, person)}"
        slot_id = len(made) if slot.id is None else slot.id
        made.append(Offer(str(slot_id), card.placement, card.creative, card.flight_id, payload))
    return made, Lines(kinds, text)


class _Asker(msgspec.Struct, frozen=True, gc=False):
    """What is known of who asked, as it stands in event lines and in payloads."""

    line: str
    payload: str


@functools.lru_cache(16384)
def _asker(geo: str, device: str, source: events.Source, test: bool) -> _Asker:
    return _Asker(lines.about(geo, device, source, test), signing.about_text(test, device, geo))

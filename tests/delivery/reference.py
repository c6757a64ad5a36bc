"""A plain count of events, written from the rules alone, and traffic that is hard to count."""

import dataclasses
import random
from collections import Counter, defaultdict

from makegood.adserver.events import Event

HOUR, MINUTE, DAY = 3_600_000, 60_000, 86_400_000
KINDS = ("served", "impression", "viewable", "click")
MARKS = (
    {"test": True}, {"prefetch": True}, {"zero_size": True}, {"bot": "curl/"}, {"datacentre": True}, {"agent": "x GPTBot/2"},
)  # fmt: skip


@dataclasses.dataclass
class Traffic:
    """`segments` are lists of events in the order they lie in the log; each list of segments is a time of counting."""

    rounds: list[list[list[Event]]]

    @property
    def events(self):
        return [event for segments in self.rounds for events in segments for event in events]


def traffic(flights, first_ms, size, seed, days=40):
    """About `size` events: 20 % sent twice (half with another clock), 10 % up to 45 days late, shuffled over segments."""
    draw = random.Random(seed)
    events = []
    senders = [draw.randrange(1, 1 << 60) for _ in range(max(8, size // 40))]
    while len(events) < size:
        at = first_ms + draw.randrange(days * DAY)
        if draw.random() < 0.002:  # one sender that shows more in a minute than anybody can see
            events += _burst(draw, flights, senders, at, len(events), draw.choice((90, 125, 140)))
        events += _visit(draw, flights, senders, at, f"{seed}-{len(events)}")
    again = draw.sample(events, size // 5)
    events += [one if draw.random() < 0.5 else dataclasses.replace(one, at=one.at + draw.randrange(-90_000, 90_000)) for one in again]
    draw.shuffle(events)
    late = [draw.random() < 0.1 for _ in events]
    soon = [one for one, waits in zip(events, late, strict=True) if not waits]
    after = [one for one, waits in zip(events, late, strict=True) if waits]
    return Traffic([_split(soon[::2], 3), _split(soon[1::2], 2), _split(after, 2)])


def _visit(draw, flights, senders, at, nonce, sender=None):
    flight = draw.choice(flights)
    sender = sender or draw.choice(senders)
    common = {
        "placement_id": draw.choice(flight.placement_ids), "flight_id": flight.pk, "device": draw.choice(("mobile", "desktop")), "sender": sender,
    } | (draw.choice(MARKS) if draw.random() < 0.05 else {})  # fmt: skip
    return [
        Event(id=f"{nonce}.{kind}", kind=kind, at=at + 700 * n, weight=draw.choice((1, 1, 1, 10)), age_ms=700 * n if draw.random() < 0.5 else 5_000, **common)
        for n, kind in enumerate(KINDS[: draw.choice((1, 2, 2, 3, 4))])
    ]  # fmt: skip


def _burst(draw, flights, senders, at, number, size):
    sender, minute = draw.choice(senders) | 1 << 61, at // MINUTE * MINUTE
    made = []
    while len(made) < size:
        made += _visit(draw, flights, senders, minute + draw.randrange(50_000), f"b{number}-{len(made)}", sender)
    return made


def _split(events, parts):
    return [events[n::parts] for n in range(parts)]


def count(events, rules):
    """{(flight, placement, hour, device): Counter}, {(flight, placement, hour, reason): units} of `rules` (RuleSets)."""
    by_id = defaultdict(list)
    for event in events:
        by_id[event.id].append(event)
    judged, rates = [], Counter()
    for same in by_id.values():
        first, *others = sorted(same, key=lambda one: one.at)
        judged += [(one, "duplicate") for one in others]
        reason = _reason(first, rules.at(first.at))
        judged.append((first, reason))
        if not reason and first.kind != "served":
            rates[first.sender, first.at // MINUTE, first.kind] += first.weight
    facts, filtered = defaultdict(Counter), Counter()
    for event, reason in judged:
        reason = reason or _over(event, rates, rules.at(event.at))
        hour = event.at // HOUR * HOUR
        if event.kind == "impression":
            facts[event.flight_id, event.placement_id, hour, event.device]["gross"] += event.weight
            if reason:
                filtered[event.flight_id, event.placement_id, hour, reason] += event.weight
        if not reason:
            name = {"impression": "net", "click": "clicks"}.get(event.kind, event.kind)
            facts[event.flight_id, event.placement_id, hour, event.device][name] += event.weight
    return {key: row for key, row in facts.items() if +row}, dict(filtered)


def _reason(event, rules):
    if event.test:
        return "self_test"
    if event.prefetch:
        return "prefetch"
    if event.zero_size:
        return "prefetch" if rules.joined else "zero_size"
    if event.bot or any(bot in event.agent.lower() for bot in rules.bots):
        return "known_bot"
    if event.datacentre:
        return "data_centre"
    return "fast_click" if event.kind == "click" and event.age_ms < rules.click_after_ms else ""


def _over(event, rates, rules):
    if event.kind == "served" or not rules.per_minute:
        return ""
    minute = event.sender, event.at // MINUTE
    over = any(rates[(*minute, kind)] > most for kind, most in rules.per_minute.items())
    return "impossible_rate" if over else ""

"""What is made of events, as Ibis expressions: the same for DuckDB, Spark, ClickHouse, BigQuery and Snowflake.

Counting is `engine.counting`'s: of events with one id the earliest counts, the first reason that applies filters, forged
events (they name no flight) are in no count. Nothing here reads, writes or runs.
"""

from __future__ import annotations

import datetime as dt
import functools
import operator
from collections.abc import Callable

import ibis
from ibis import _
from ibis.expr.types import BooleanValue, IntegerColumn, Table

from makegood.adserver.events import QUARTILES
from makegood.engine.counting import REASONS, Reason, RuleSet
from makegood.rollups import schema

EVENTS = ibis.table(ibis.Schema.from_pyarrow(schema.EVENTS), name="events")
COUNTED = {
    "served": "served", "impression": "gross", "viewable": "viewable", "complete": "completes", "click": "clicks", "audible": "audible",
    "conversion": "conversions",
}  # fmt: skip
"""The count that each kind of event adds to."""
COUNTS = ("served", "gross", "net", "viewable", "completes", "clicks", "audible", "conversions")
SKETCH = 16_384
"""Hashes kept for a flight and day: exact up to here, beyond it a standard error of 1 / sqrt(SKETCH) = 0.8 %."""
_JUDGED = tuple(dict.fromkeys((*COUNTED, *QUARTILES)))
_HASHES = float(1 << 63)
_FACT = ("flight_id", "version_id", "placement_id", "hour", "device")
_CELL = ("hour", "order_id", "line_id", "flight_id", "version_id", "placement_id", "geo", "device", "person")
_KEPT = dict.fromkeys((*_FACT, *_CELL, "kind", "at", "seller_day", "weight", "reason"))

def judged(events: Table, rules: RuleSet) -> Table:
    """The events that belong to a flight, with `reason`, "" for net; an expired beacon of an impression is an impression.

    `events` must reach back as far as a copy may follow its original (a signed URL lives 24 hours; an order may be reported
    again for 45 days). Raises ValueError for what rules ask and no expression is known for.
    """
    late = (events.kind == "refused") & (events.reason == "expired") & events.id.endswith(".impression.refused")
    ours = events.filter(events.flight_id != 0, events.kind.isin(_JUDGED) | late)
    copies = ibis.row_number().over(group_by=ours.id, order_by=[ours.at, ours.segment, ours.position])
    expired = ours.kind == "refused"
    ours = ours.mutate(expired=expired, copy=copies, kind=expired.ifelse("impression", ours.kind))
    filters = _filters(ours, rules)
    reasons = [(filters[one], rules.joined.get(one, one).value) for one in REASONS if one in rules.reasons and one in filters]
    return _rated(ours.mutate(reason=ibis.cases(*reasons, else_="")), rules).select(*_KEPT)


def _filters(ours: Table, rules: RuleSet) -> dict[Reason, BooleanValue]:
    """What each reason looks at in one event; forged ones name no flight, and rates are of many events."""
    if rules.networks:
        raise ValueError(f"rule set {rules.version}: rollups cannot filter by networks; take a rule set without them, or a list in the ad server")
    named = [ours.agent.lower().contains(bot) for bot in rules.bots]
    found = {
        Reason.DUPLICATE: ours.copy > 0,
        Reason.EXPIRED_SIGNATURE: ours.expired,
        Reason.SELF_TEST: ours.test,
        Reason.PREFETCH: ours.prefetch,
        Reason.ZERO_SIZE: ours.zero_size,
        Reason.KNOWN_BOT: functools.reduce(operator.or_, named, ours.bot != ""),
        Reason.DATA_CENTRE: ours.datacentre,
        Reason.FAST_CLICK: (ours.kind == "click") & (ours.age_ms >= 0) & (ours.age_ms < rules.click_after_ms),
    }
    if unknown := rules.reasons - {*found, Reason.BAD_SIGNATURE, Reason.IMPOSSIBLE_RATE}:
        raise ValueError(f"rule set {rules.version}: rollups cannot filter by {sorted(unknown)[0].value}; take a rule set without it")
    return found


def _rated(ours: Table, rules: RuleSet) -> Table:
    """Of a sender that causes more than it can in a minute, nothing of that minute counts but what was served."""
    if not rules.per_minute:
        return ours
    minute = ours.at - ours.at % schema.MINUTE_MS
    accepted = (ours.reason == "") & (ours.kind != "served") & (ours.sender != 0)
    ours = ours.mutate(minute=minute, accepted=accepted)
    within = ibis.window(group_by=[ours.sender, ours.minute])
    over = [(ours.accepted & (ours.kind == kind)).ifelse(ours.weight, 0).sum().over(within) > most for kind, most in rules.per_minute.items()]
    ours = ours.mutate(over=functools.reduce(operator.or_, over))
    return ours.mutate(reason=(ours.accepted & ours.over).ifelse(Reason.IMPOSSIBLE_RATE.value, ours.reason))


def on(rows: Table, day: dt.date) -> Table:
    """Rows of one UTC day."""
    begins = (day - dt.date(1970, 1, 1)).days * schema.DAY_MS
    return rows.filter(rows.at >= begins, rows.at < begins + schema.DAY_MS)


def facts(rows: Table) -> Table:
    """Counts by flight, version, placement, hour and device: the columns of delivery's Fact."""
    return _summed(rows, _FACT)


def cells(rows: Table) -> Table:
    """The same with order, line, geography and person beside: what cubes are coded from."""
    return _summed(rows, _CELL)


def filtered(rows: Table) -> Table:
    """Impressions that were counted but not accepted, by flight, placement, hour and reason."""
    taken = rows.filter(rows.kind == "impression", rows.reason != "")
    return taken.group_by("flight_id", "placement_id", "hour", "reason").agg(count=taken.weight.sum())


def quartiles(rows: Table) -> Table:
    """How far accepted audio and video was played, with the keys of facts."""
    played = rows.filter(rows.reason == "", rows.kind.isin(QUARTILES))
    names = ("starts", "first_quartiles", "midpoints", "third_quartiles", "completes")
    return played.group_by(*_FACT).agg(**{name: _of(played, played.kind == kind) for name, kind in zip(names, QUARTILES, strict=True)})


def reach(rows: Table) -> Table:
    """People with an accepted impression, exact, by flight and the seller's day; impressions of nobody known are apart."""
    seen = _accepted(rows)
    known = seen.person != 0
    return seen.group_by("flight_id", "seller_day").agg(
        people=seen.person.nunique(where=known), impressions=seen.weight.sum(), of_nobody=_of(seen, ~known)
    )


def sketch(rows: Table) -> Table:
    """The SKETCH smallest hashes of people by flight and the seller's day; sketches of days are merged by `merged`.

    K minimum values: Bar-Yossef et al., "Counting distinct elements in a data stream" (RANDOM 2002).
    """
    seen = _accepted(rows)
    return _smallest(seen.filter(seen.person != 0), ("flight_id", "seller_day"))


def merged(sketches: Table, by: tuple[str, ...] = ("flight_id",)) -> Table:
    """People by `by` over all days of the sketches: exact below SKETCH, else (k - 1) / the k-th smallest as a share."""
    few = _smallest(sketches, by).group_by(*by).agg(kept=_.count(), highest=_.person.max())
    estimate = ((few.kept - 1) / (few.highest / _HASHES)).round().cast("int64")
    return few.select(*by, people=(few.kept < SKETCH).ifelse(few.kept, estimate))


def _smallest(people: Table, by: tuple[str, ...]) -> Table:
    distinct = people.select(*by, "person").distinct()
    rank = ibis.row_number().over(group_by=list(by), order_by=distinct.person)
    return distinct.mutate(rank=rank).filter(_.rank < SKETCH).drop("rank")


def _accepted(rows: Table) -> Table:
    return rows.filter(rows.kind == "impression", rows.reason == "")


def _summed(rows: Table, by: tuple[str, ...]) -> Table:
    shown = rows.kind == "impression"
    net = rows.reason == ""
    counted = rows.filter(rows.kind.isin(tuple(COUNTED)), net | shown)
    sums = {name: _of(counted, counted.kind == kind) for kind, name in COUNTED.items()}
    sums["net"] = _of(counted, (counted.kind == "impression") & (counted.reason == ""))
    return counted.group_by(*by).agg(**{name: sums[name] for name in COUNTS})


def _of(rows: Table, which: BooleanValue) -> IntegerColumn:
    return which.ifelse(rows.weight, 0).sum()


TABLES: dict[str, Callable[[Table], Table]] = {
    "facts": facts, "filtered": filtered, "quartiles": quartiles, "cells": cells, "reach": reach, "sketch": sketch,
}  # fmt: skip
BY_SELLER_DAY = ("reach", "sketch")
"""These tables are by the seller's day, the others by UTC hours."""

"""Rollups: the counts of a plain loop, made again only where events came, the same whatever the order and the engine."""

import collections
import dataclasses
import datetime as dt
import functools
import io

import ibis
import pyarrow.parquet as pq
import pytest

from makegood.engine.counting import Reason, RuleSet
from makegood.rollups import engines, expressions, running, shipping
from makegood.rollups.warehouse import Warehouse
from tests.rollups import events

RULES = RuleSet("test", per_minute={"impression": 12, "click": 4}, click_after_ms=1_000, bots=("gptbot", "selenium"))
SINCE = dt.date(2026, 1, 1)
NAMES = {"served": "served", "viewable": "viewable", "complete": "completes", "click": "clicks", "audible": "audible", "conversion": "conversions"}


def shipped(tmp_path, *batches, name="w", zone="America/New_York"):
    warehouse = Warehouse(str(tmp_path / name))
    for number, rows in enumerate(batches):
        events.write(tmp_path / f"{name}-e", f"2026112{number}00-1-000001", rows)
    list(shipping.ship(tmp_path / f"{name}-e", warehouse, zone=zone))
    return warehouse


@functools.cache
def engine(name="duckdb"):
    return engines.engine(name)


def run(warehouse, rules=RULES, by="duckdb"):
    return [made.day for made in running.run(warehouse, rules, engine(by), since=SINCE)]


def rows(warehouse, table, rules=RULES):
    """All days of a table."""
    files = [made.tables[table] for made in running.made(warehouse, rules)]
    return [row for file in files for row in pq.read_table(io.BytesIO(warehouse.get(file.path))).to_pylist()]


def judged(drawn):
    """A plain loop over the rows: (row, kind, reason) by the rules as people say them."""
    found, seen = [], set()
    for row in sorted(drawn, key=lambda row: row["at"]):
        kind, stale = row["kind"], row["kind"] == "refused"
        if not row["flight_id"] or (stale and not (row["reason"] == "expired" and row["id"].endswith(".impression.refused"))):
            continue
        kind = "impression" if stale else kind
        found.append([row, kind, marked(row, kind, row["id"] in seen, stale)])
        seen.add(row["id"])
    sums = collections.Counter()
    mine = [one for one in found if not one[2] and one[1] != "served" and one[0]["sender"]]
    for row, kind, _ in mine:
        sums[row["sender"], row["at"] // 60_000, kind] += row["weight"]
    for one in mine:
        if any(sums[one[0]["sender"], one[0]["at"] // 60_000, kind] > most for kind, most in RULES.per_minute.items()):
            one[2] = "impossible_rate"
    return found


def marked(row, kind, again, stale):
    """The first reason, in the order of engine.counting, that one event gives."""
    reasons = {
        "duplicate": again, "expired_signature": stale, "self_test": row["test"], "prefetch": row["prefetch"], "zero_size": row["zero_size"],
        "known_bot": row["bot"] or "gptbot" in row["agent"].lower(), "data_centre": row["datacentre"], "fast_click": kind == "click" and 0 <= row["age_ms"] < 1_000,
    }  # fmt: skip
    return next((reason for reason, applies in reasons.items() if applies), None)


def hour(row):
    return dt.datetime.fromtimestamp(row["at"] // 3_600_000 * 3600, dt.UTC)


def loop_facts(drawn):
    facts, filtered = collections.defaultdict(collections.Counter), collections.Counter()
    for row, kind, reason in judged(drawn):
        key = (row["flight_id"], row["version_id"], row["placement_id"], hour(row), row["device"])
        if kind == "impression":
            facts[key] += collections.Counter(gross=row["weight"], net=0 if reason else row["weight"])
            if reason:
                filtered[key[0], key[2], key[3], reason] += row["weight"]
        elif kind in NAMES and not reason:
            facts[key][NAMES[kind]] += row["weight"]
    return facts, filtered


def test_facts_and_reasons_are_those_of_a_plain_loop(tmp_path):
    drawn = events.drawn(3_000, seed=1)
    warehouse = shipped(tmp_path, drawn[::2], drawn[1::2])
    run(warehouse)
    facts, filtered = loop_facts(drawn)
    made = {tuple(list(row.values())[:5]): +collections.Counter({k: v for k, v in row.items() if k in ("gross", "net", *NAMES.values())}) for row in rows(warehouse, "facts")}
    assert made == {key: +row for key, row in facts.items()}
    assert {tuple(list(row.values())[:4]): row["count"] for row in rows(warehouse, "filtered")} == filtered
    assert {key[3] for key in filtered} == set(Reason) - {Reason.BAD_SIGNATURE, Reason.FAST_CLICK}


def test_reach_is_exact_by_the_sellers_day_and_quartiles_fall(tmp_path):
    drawn = events.drawn(3_000, seed=2)
    warehouse = shipped(tmp_path, drawn)
    run(warehouse)
    people, nobody = collections.defaultdict(set), collections.Counter()
    for row, kind, reason in judged(drawn):
        if kind == "impression" and not reason:
            day = (dt.datetime.fromtimestamp(row["at"] / 1000, dt.UTC) - dt.timedelta(hours=5)).date()
            key = row["flight_id"], day
            people[key] |= {row["person"]} if "person" in row else set()
            nobody[key] += 0 if "person" in row else row["weight"]
    made = rows(warehouse, "reach")
    assert {(row["flight_id"], row["seller_day"]): (row["people"], row["of_nobody"]) for row in made} == {key: (len(people[key]), nobody[key]) for key in people}
    assert len(made) == 3 * 4  # three UTC days touch four of New York's
    played = collections.Counter()
    for row, kind, reason in judged(drawn):
        if not reason:
            played[kind] += row["weight"]
    sums = [sum(row[name] for row in rows(warehouse, "quartiles")) for name in ("starts", "first_quartiles", "midpoints", "third_quartiles", "completes")]
    assert sums == [played[kind] for kind in ("start", "firstQuartile", "midpoint", "thirdQuartile", "complete")]


def test_a_second_run_makes_nothing_and_late_events_make_their_days_again(tmp_path):
    drawn = events.drawn(900, seed=3)
    late = events.spread(tmp_path / "w-e", drawn, seed=4)
    warehouse, days = shipped(tmp_path, zone="UTC"), [dt.date(2026, 11, day) for day in (20, 21, 22)]
    assert (run(warehouse)[:3], run(warehouse)) == (days, [])
    for name, some in (("2026112123-9-000001", [row for row in late if hour(row).day == 21]), ("2026112223-9-000002", late)):
        events.write(tmp_path / "w-e", name, [row for row in some if name.endswith("1") or hour(row).day != 21])
        list(shipping.ship(tmp_path / "w-e", warehouse, zone="UTC"))
        made = run(warehouse)
        if name.endswith("1"):
            assert made == days[1:]  # a copy on the 22nd may be of an event on the 21st; the 20th stays as it is
    whole = shipped(tmp_path, drawn, name="x", zone="UTC")
    run(whole)
    assert [rows(warehouse, table) for table in expressions.TABLES] == [rows(whole, table) for table in expressions.TABLES]


def test_the_order_of_arrival_changes_nothing_but_leaving_out_copies_does(tmp_path):
    drawn = events.drawn(1_000, seed=5)
    one, other = shipped(tmp_path, drawn, name="a"), shipped(tmp_path, drawn[600:], drawn[:600], name="b")
    run(one), run(other)
    assert [rows(one, table) for table in expressions.TABLES] == [rows(other, table) for table in expressions.TABLES]
    keeps_copies = dataclasses.replace(RULES, version="copies", reasons=frozenset(Reason) - {Reason.DUPLICATE})
    run(one, rules=keeps_copies)
    reasons = [{row["reason"] for row in rows(one, "filtered", rules)} for rules in (RULES, keeps_copies)]
    assert ["duplicate" in some for some in reasons] == [True, False]
    assert rows(one, "facts") == rows(other, "facts")  # the old rules' numbers stand beside


def test_an_order_reported_again_weeks_later_is_one_conversion(tmp_path, monkeypatch):
    """And without looking that far back, the negative control, it is two. An older warehouse, whose segments have no files of conversions, gives the same."""
    order = {name: value for name, value in events.drawn(1, seed=1)[0].items() if name != "person"} | {
        "kind": "conversion", "id": "A-1.conversion", "reason": "", "agent": "", "bot": "", "test": False, "flight_id": 1, "weight": 1, "sender": 0,
        "datacentre": False, "prefetch": False, "zero_size": False, "age_ms": -1,
    }  # fmt: skip
    again = [order | {"at": order["at"] + days * 86_400_000, "flight_id": flight} for days, flight in ((30, 1), (44, 2))]
    warehouse = shipped(tmp_path, [order, order | {"id": "A-2.conversion"}], again)
    assert [file for one in shipping.shipped(warehouse, SINCE) for _, file in one.conversions]
    assert (len(run(warehouse)), sum(row["conversions"] for row in rows(warehouse, "facts"))) == (3, 2)
    real = shipping.shipped
    monkeypatch.setattr(shipping, "shipped", lambda there, since: (dataclasses.replace(one, conversions=None) for one in real(there, since)))
    older = dataclasses.replace(RULES, version="older")
    run(warehouse, older)
    assert rows(warehouse, "facts", older) == rows(warehouse, "facts")
    monkeypatch.setattr(running, "REPORTED_DAYS", 0)
    short = dataclasses.replace(RULES, version="short")
    run(warehouse, short)
    assert sum(row["conversions"] for row in rows(warehouse, "facts", short)) == 4


@pytest.mark.parametrize("killed_at", (0, 3, 6, 7, 11))
def test_a_run_killed_anywhere_is_taken_up(tmp_path, monkeypatch, killed_at):
    drawn = events.drawn(200, seed=6, days=2)
    warehouse, reference = shipped(tmp_path, drawn, zone="UTC"), shipped(tmp_path, drawn, name="r", zone="UTC")
    run(reference)
    put, writes = Warehouse.put, []

    def killed(self, path, content, rows=0):
        if len(writes) == killed_at:
            raise KeyboardInterrupt
        writes.append(path)
        return put(self, path, content, rows)

    monkeypatch.setattr(Warehouse, "put", killed)
    with pytest.raises(KeyboardInterrupt):
        run(warehouse)
    monkeypatch.setattr(Warehouse, "put", put)
    run(warehouse)
    assert [rows(warehouse, table) for table in expressions.TABLES] == [rows(reference, table) for table in expressions.TABLES]


def test_a_warehouse_that_is_no_folder_gives_the_same(tmp_path):
    drawn = events.drawn(400, seed=7)
    local, memory = shipped(tmp_path, drawn), Warehouse("memory://rollups-test")
    list(shipping.ship(tmp_path / "w-e", memory, zone="America/New_York"))
    run(local), run(memory)
    assert [rows(local, table) for table in expressions.TABLES] == [rows(memory, table) for table in expressions.TABLES]


def test_sketches_of_days_add_up_to_people(tmp_path, monkeypatch):
    drawn = events.drawn(4_000, seed=8, flights=(1,))
    warehouse = shipped(tmp_path, drawn)
    monkeypatch.setattr(expressions, "SKETCH", 64)
    run(warehouse)
    people = {row["person"] for row, kind, reason in judged(drawn) if kind == "impression" and not reason and "person" in row}
    kept = ibis.memtable(rows(warehouse, "sketch"))
    (found,) = ibis.duckdb.connect().to_pyarrow(expressions.merged(kept)).to_pylist()
    assert len(people) > 2 * 64 and abs(found["people"] / len(people) - 1) < 4 / 64**0.5
    monkeypatch.setattr(expressions, "SKETCH", 16_384)
    run(warehouse, rules=dataclasses.replace(RULES, version="large"))
    (exact,) = ibis.duckdb.connect().to_pyarrow(expressions.merged(ibis.memtable(rows(warehouse, "sketch", dataclasses.replace(RULES, version="large"))))).to_pylist()
    assert exact["people"] == len(people)


def test_reasons_are_joined_and_what_cannot_be_filtered_is_refused(tmp_path):
    drawn = events.drawn(400, seed=9, days=1)
    warehouse, joined = shipped(tmp_path, drawn), dataclasses.replace(RULES, version="joined", joined={Reason.ZERO_SIZE: Reason.PREFETCH})
    run(warehouse), run(warehouse, joined)
    apart, together = (collections.Counter(), collections.Counter())
    for counter, rules in ((apart, RULES), (together, joined)):
        for row in rows(warehouse, "filtered", rules):
            counter[row["reason"]] += row["count"]
    assert apart["zero_size"] > 0 and together == apart - collections.Counter(zero_size=apart["zero_size"]) + collections.Counter(prefetch=apart["zero_size"])
    with pytest.raises(ValueError, match="cannot filter by networks"):
        run(warehouse, dataclasses.replace(RULES, version="networks", networks=((4, 0, 255),)))


def test_unknown_engines_are_refused_with_the_known_ones():
    with pytest.raises(ValueError, match="no rollup engine 'hive'; there are duckdb and spark"):
        engines.engine("hive")

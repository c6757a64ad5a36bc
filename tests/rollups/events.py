"""Generated event logs: several servers, copies, late segments, every reason, people with and without an id."""

import dataclasses
import datetime as dt
import pathlib
import random

import orjson

from makegood.adserver.events import QUARTILES, Event

START = dt.datetime(2026, 11, 20, tzinfo=dt.UTC)
CROWDED = 60  # events fall into one minute of so many, so that rates come to something
MARKS = ({"bot": "GoogleBot"}, {"datacentre": True}, {"prefetch": True}, {"zero_size": True}, {"test": True})


def drawn(
    count: int, *, seed: int, days: int = 3, flights: tuple[int, ...] = (1, 2, 3), placements: tuple[int, ...] = (1, 2), people: int = 0, prefix: str = "n"
) -> list[dict]:
    """Rows as lines hold them, in no order; one in twenty comes twice, the copy minutes later, at times over midnight; orders also days later."""
    draw, rows = random.Random(seed), []
    first = int(START.timestamp() * 1000)
    end = first + days * 86_400_000
    for number in range(count):
        kind = draw.choice(("served", "impression", "impression", "viewable", "click", "refused", *QUARTILES, "audible", "conversion", "conversion"))
        flight = draw.choice(flights)
        one = Event(
            id=f"{prefix}{number}.{kind}", kind=kind, at=first + draw.randrange(days * 1_440 // CROWDED) * CROWDED * 60_000 + draw.randrange(60_000), flight_id=flight, line_id=flight, order_id=1,
            version_id=draw.choice((0, 7)) and flight, placement_id=draw.choice(placements), device=draw.choice(("mobile", "desktop", "")),
            geo=draw.choice(("US-CA", "US-NY")), sender=draw.choice((0, *range(1, count // 40 + 2))), agent=draw.choice(("Firefox", "GPTBot/1.2")),
            age_ms=draw.choice((-1, 400, 5_000)), weight=draw.choice((1, 1, 1, 10)), **(draw.choice(MARKS) if draw.random() < 0.1 else {}),
        )  # fmt: skip
        row = dataclasses.asdict(one) | {"audiences": list(one.audiences)}
        del row["person"]
        if kind == "refused":
            row |= draw.choice(({"reason": "expired", "id": f"{prefix}{number}.impression.refused"}, {"reason": "expired"}, {"reason": "forged", "flight_id": 0}))
        if draw.random() < 0.7:
            row["person"] = f"p{draw.randrange(people or count // 4 + 1)}"
        rows.append(row)
        if kind != "refused" and draw.random() < 0.05:
            rows.append(row | {"at": row["at"] + draw.randrange(1, 3_600_000), "bot": draw.choice(("", "x"))})
        if kind == "conversion" and draw.random() < 0.3 and row["at"] + 1 < end:
            rows.append(row | {"at": draw.randrange(row["at"] + 1, end), "flight_id": draw.choice(flights)})
    return rows


def write(folder: pathlib.Path, name: str, rows: list[dict]) -> None:
    """A finished segment of `rows` in the order of time."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = [orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE) for row in sorted(rows, key=lambda row: row["at"])]
    (folder / f"{name}.seg").write_bytes(b"".join(lines))


def spread(folder: pathlib.Path, rows: list[dict], *, seed: int, servers: int = 2, kept_back: float = 0.1) -> list[dict]:
    """Segments of an hour and a server each; a part of the rows is kept back and returned, to come late."""
    draw, kept = random.Random(seed), {}
    late = []
    for row in rows:
        if draw.random() < kept_back:
            late.append(row)
            continue
        hour = dt.datetime.fromtimestamp(row["at"] / 1000, dt.UTC).strftime("%Y%m%d%H")
        kept.setdefault((hour, draw.randrange(servers)), []).append(row)
    for (hour, server), some in kept.items():
        write(folder, f"{hour}-{server}-000001", some)
    return late

"""What the figures of a process say: headline, stats with what they were, effects of changes in sentences."""

import dataclasses
from collections.abc import Sequence

from makegood.insight.changes import Effect
from makegood.insight.mined import Mined, Week
from makegood.interfaces.web import components as c
from makegood.interfaces.web import formats
from makegood.interfaces.web.components import geometry

SIDE_WORDS = {"us": "us", "client": "the client", "partner": "a partner"}
FILLS = {"us": "f-bar", "client": "f-watch", "partner": "f-bar-2"}


def headline(found: Mined) -> str:
    """Days from draft to live, and on whom most of it is spent."""
    if not found.cases or not found.mean:
        return "No campaign went live in this time"
    side = max(SIDE_WORDS, key=lambda one: found.side(one))  # type: ignore[arg-type]
    share = found.side(side) / found.mean  # type: ignore[arg-type]
    part = "most" if share > 0.66 else "more than half" if share > 0.55 else "half" if share > 0.45 else "the largest part"
    return f"{found.mean:.1f} days from draft to live; {part} of it waiting on {SIDE_WORDS[side]}"


def map_title(found: Mined) -> str:
    """The finding over the map."""
    if not found.returns:
        return "Nothing came back"
    most = max(found.returns, key=lambda one: one.cases)
    return f"{formats.percent(most.cases / found.cases, 0)} of campaigns came back from {most.source} to {most.target}"


def stats(found: Mined, was: Mined | None) -> list[c.Stat | None]:
    """Six figures, each with what it was in the time before when that is compared."""
    old = was if was and was.cases else None
    return [
        c.Stat("Draft to live, mean", f"{found.mean:.1f}", f"was {old.mean:.1f}" if old else "", "days", change_tone=_tone(found.mean, old and old.mean, less=True)),
        _share("Launched on time", found.on_time, old and old.on_time),
        _share("Right first time", found.first_right, old and old.first_right),
        c.Stat("Hand-overs each", f"{found.hands:.1f}", f"was {old.hands:.1f}" if old else ""),
        _share("Failed QA first", found.failed_qa, old and old.failed_qa, less=True),
        c.Stat("Campaigns", str(found.cases), f"was {old.cases}" if old else ""),
    ]  # fmt: skip


def _share(label: str, now: float | None, was: float | None, *, less: bool = False) -> c.Stat:
    figure = "–" if now is None else f"{100 * now:.0f}"
    change = "" if was is None else f"was {100 * was:.0f} %"
    return c.Stat(label, figure, change, "" if now is None else "%", change_tone=_tone(now, was, less=less))


def _tone(now: float | None, was: float | None, *, less: bool) -> str:
    if now is None or was is None or abs(now - was) < 0.02 * max(abs(was), 0.01):
        return ""
    return "ok" if (now < was) == less else "risk"


@dataclasses.dataclass(frozen=True)
class Part:
    """One side's part of the time: name, days, bar, share now and before."""

    name: str
    days: str
    bar: geometry.Bar
    share: str


def parts(found: Mined, was: Mined | None) -> list[Part]:
    """Us, client, partner on one bar."""
    made, start = [], 0.0
    for side, name in (("us", "Us"), ("client", "Client"), ("partner", "Partner")):
        days = found.side(side)  # type: ignore[arg-type]
        if not found.mean or (side == "partner" and not days):
            continue
        share = days / found.mean
        before = f", was {formats.percent(was.side(side) / was.mean, 0)}" if was and was.mean else ""  # type: ignore[arg-type]
        made.append(Part(name, f"{days:.1f}", geometry.bar(start, start + share, FILLS[side]), f"{formats.percent(share, 0)}{before}"))
        start += share
    return made


@dataclasses.dataclass(frozen=True)
class Told:
    """An initiative's effect in words; `tone` only when the interval leaves out zero."""

    name: str
    figure: str
    says: str
    tone: str


def told(one: Effect) -> Told:
    """The measured effect, or why there is none yet."""
    since = f"Since {formats.day(one.initiative.began_on)}"
    if one.shift is None:
        return Told(one.initiative.name, "too early", f"{since}: {one.before} campaigns before, {one.after} after; five of each are needed", "mu")
    low, high = formats.signed(one.shift.low, 1), formats.signed(one.shift.high, 1)
    sure = f"{100 * one.shift.confidence:.0f} % sure of {low} to {high}" if one.shift.sure else f"Not sure yet: {low} to {high}"
    tone = "" if not one.shift.sure else "ok" if one.shift.estimate < 0 else "risk"
    return Told(one.initiative.name, f"{formats.signed(one.shift.estimate, 1)} {one.unit}", f"{since}. {sure}; {one.before} campaigns before, {one.after} after", tone)


@dataclasses.dataclass(frozen=True)
class Way:
    """How many campaigns went one way, with a bar on the scale of the largest."""

    name: str
    cases: int
    bar: geometry.Bar


def ways(found: Mined) -> list[Way]:
    """As the playbook says, in another order, each stage skipped."""
    rows = [("As the playbook says", found.conforming, "f-bar"), ("In another order", found.reordered, "f-bar-2")]
    rows += [(f"{name} skipped", cases, "f-risk" if name in ("QA", "Review", "Signature") else "f-watch") for name, cases in found.skipped.items()]
    top = max([1, *(cases for _, cases, _ in rows)])
    return [Way(name, cases, geometry.bar(0, cases / top, fill)) for name, cases, fill in rows if cases]


def playbook(found: Mined, was: Mined | None) -> str:
    """The share that followed it, and what it was."""
    now = formats.percent(found.conforming / found.cases, 0) if found.cases else ""
    return now + (f", was {formats.percent(was.conforming / was.cases, 0)}" if now and was and was.cases else "")


def trend_title(weeks: Sequence[Week]) -> str:
    """Whether it got faster: first third of the weeks against the last."""
    third = len(weeks) // 3
    if third == 0:
        return "Too few launches for a trend"
    early, late = (sum(week.median for week in part) / third for part in (weeks[:third], weeks[-third:]))
    if abs(early - late) < 0.5:
        return "No faster and no slower than at the start"
    return f"{abs(early - late):.1f} days {'faster' if late < early else 'slower'} than at the start"

"""Delivery and advertisements in plain words: no pacing, no CPM. Text only."""

from makegood.creatives.models import Decision, ExceptionRequest, Version
from makegood.creatives.queries.approvals import Verdict
from makegood.insight.portal import Going
from makegood.interfaces.web import components as c
from makegood.interfaces.web import formats


def going(one: Going) -> str:
    """How the campaign is going, in one or two sentences."""
    order = one.order
    if one.stage == "sign":
        return "It starts once the order is signed."
    if one.stage == "before":
        return f"It starts on {formats.day(order.start)}."
    if not one.promised:
        return "It is running." if one.stage == "running" else "It has ended."
    if one.stage == "over":
        return f"It has ended. It was shown {formats.compact(one.shown)} times, {formats.percent(one.shown / one.promised)} of what was promised."
    if one.expected is None and one.shown:
        return f"It is running: {formats.percent(one.shown / one.promised)} of what we promised has been shown."
    if one.expected is None:
        return "It has begun. We tell you how it goes after its first full day."
    if one.state == "ok":
        return f"On course: we expect everything we promised to be shown by {formats.day(order.end)}."
    little = "A little behind" if one.state == "watch" else "Behind"
    pays = " You pay only for what is shown." if one.pays_shown else ""
    return f"{little}: we expect to finish at {formats.percent(one.share)} of what was promised and are working on the rest.{pays}"


def bar(one: Going) -> c.Promise | None:
    """Shown, expected and promised; None where nothing is counted."""
    if not one.promised:
        return None
    over = one.stage == "over" or one.expected is None
    return c.Promise(one.promised, one.shown, None if over else one.expected, None if over else one.low, None if over else one.high, one.state, "times")


def dates(one: Going) -> str:
    """19 October to 29 November."""
    return f"{one.order.start.day} {one.order.start:%B} to {one.order.end.day} {one.order.end:%B}"


def advert(version: Version, decision: Decision | None, asked: ExceptionRequest | None, verdict: Verdict) -> str:
    """Where an advertisement stands, in one or two sentences."""
    if asked is not None:
        return "You asked us to let it run as it is. We answer within one working day."
    if verdict.approved and decision and decision.expires_on:
        places = f" on {', '.join(decision.placements)}" if decision.placements else ""
        return f"It may run{places} until {formats.day(decision.expires_on)}. After that we need a changed file."
    if verdict.approved:
        return "It is approved and may run, exactly as it is. A changed file is looked at again."
    if version.status == "approved":
        return "It was approved, and what it was approved under has changed or ended. We look at it again."
    if version.status == "failed":
        return "It cannot run yet. Change it as below, or ask us to let it run as it is."
    if version.status == "rejected":
        return f"We sent it back: {decision.reason if decision else 'it needs a change.'}"
    return {"withdrawn": "It is not used any more."}.get(version.status, "We are looking at it. You hear from us within one working day.")

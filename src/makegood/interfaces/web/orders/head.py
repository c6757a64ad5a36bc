"""The head of a campaign as components: badge, chips, the sentence of who and when, seven stats, the promise."""

import datetime
import zoneinfo
from decimal import Decimal

from makegood.accounts import credit
from makegood.insight.standing import Standing
from makegood.interfaces.web import components as c
from makegood.interfaces.web import formats, links
from makegood.orders.queries.campaign import CampaignView

SHORT = {"America/New_York": "New York", "Europe/London": "London", "UTC": "UTC"}


def chips(seen: CampaignView) -> list[tuple[str, str, str]]:
    """Conditions of the order: (text, icon, tone)."""
    order = seen.order
    exclusive = [line for line in seen.lines if line.exclusive and line.status != "cancelled"]
    found = [(f"Exclusive: {line.product} until {formats.day(line.end)}", "star", "") for line in exclusive[:2]]
    if order.contract:
        found.append((f"Under {order.contract.number}", "file-certificate", ""))
    if order.bill_to.credit_status != "active":
        found.append((credit.why(order.bill_to)[0].rstrip("."), "credit-card-off", "watch" if order.bill_to.credit_status == "on_hold" else "risk"))
    return found


def signed_on(seen: CampaignView) -> str:
    """When both sides signed what is in effect, empty before: a delivery revision rests on the signatures before it."""
    if seen.order.status in ("draft", "pending", "approved"):
        return ""
    signed = [one for one in seen.revisions if one.number <= seen.order.revision and len(one.signatures) > 1]
    return f", signed {formats.day(max(mark.at for mark in signed[0].signatures))}" if signed else ""


def when(seen: CampaignView) -> str:
    """First and last day with the zone whose midnights bound them."""
    order = seen.order
    zone = SHORT.get(order.zone, order.zone.rpartition("/")[2].replace("_", " "))
    last = formats.day(order.end)
    year = "" if last.endswith(str(order.end.year)) else f" {order.end.year}"
    return f"{formats.day(order.start)} to {last}{year}, {zone} time"


def stats(seen: CampaignView, now: Standing) -> list[c.Stat | None]:
    """Delivered, projected, promised; booked, earned, billed, at risk."""
    order, bills = seen.order, now.money
    share = f"{formats.percent(now.delivered / now.promised)}" if now.promised else ""
    spread = f"{formats.compact(now.low)} to {formats.compact(now.high)}" if now.paced and now.low != now.high else ""
    paid = "nothing yet" if not bills.billed else "paid in full" if bills.open <= 0 else f"{_money(bills.open, order)} net unpaid"
    risk = f"{now.risky} of {len(now.lines)} lines" if now.risky else "no line"
    return [
        c.Stat("Delivered", formats.compact(now.delivered), share),
        c.Stat("Projected", formats.compact(now.projected) if now.paced else "–", spread or ("nothing measured yet" if not now.paced else "")),
        c.Stat("Promised", formats.compact(now.promised), now.unit),
        None,
        c.Stat("Booked", _money(order.gross, order), f"net {_money(order.net, order)}", explain=_booked(seen)),
        c.Stat("Earned", _money(now.earned, order), _to(now, order.zone), explain=_earned(seen, now) if now.lines else None),
        c.Stat("Billed", _money(bills.billed, order), paid, url=f"{links.record(order, 'money')}"),
        c.Stat("At risk", _money(now.at_risk, order), risk, tone="risk" if now.at_risk else "", explain=_at_risk(seen, now) if now.at_risk else None),
    ]


def promise(now: Standing) -> c.Promise | None:
    """The promise of the whole campaign; None where nothing is promised yet."""
    if not now.promised:
        return None
    if not now.paced:
        return c.Promise(now.promised, now.delivered, unit=now.unit)
    return c.Promise(now.promised, now.delivered, now.projected, now.low, now.high, now.state or "ok", now.unit)


def sentence(seen: CampaignView, now: Standing) -> str:
    """Expected against delivered, or why there is nothing to compare."""
    if not now.promised:
        return "Nothing is promised yet: the order has no lines."
    if not now.paced:
        return f"{now.days} days. Measured against the traffic curve from booking on."
    if now.passed <= 0:
        return f"Starts {formats.day(seen.order.start)}; nothing is expected before."
    expected, done = (formats.percent(Decimal(part) / now.promised) for part in (now.expected, now.delivered))
    over = "All days are over." if now.passed >= now.days else f"{now.passed} of {now.days} days are over."
    return f"{over} The traffic curve expected {expected} by now; {done} is delivered"


def gap(now: Standing) -> tuple[str, str]:
    """How the projected finish differs from the promise, and its tone."""
    if not now.paced or not now.promised or now.passed <= 0:
        return "", ""
    off = formats.percent(Decimal(abs(now.gap)) / now.promised)
    if now.gap >= 0 or off.startswith("0.0"):
        return ("on its promise", "ok") if off.startswith("0.0") else (f"{formats.integer(now.gap)} over, +{off}", "ok")
    return f"{formats.integer(-now.gap)} short, {formats.MINUS}{off}", now.state if now.state != "ok" else "watch"


def as_of(now: Standing, at: datetime.datetime) -> str:
    """What the figures are of."""
    return f"{formats.clock(at)}, measured {formats.moment(now.as_of)}" if now.as_of else formats.clock(at)


def _money(value: Decimal, order: object) -> str:
    return formats.money(value, order.currency, decimals=0)  # type: ignore[attr-defined]


def _to(now: Standing, zone: str) -> str:
    return f"to {formats.day(now.as_of.astimezone(zoneinfo.ZoneInfo(zone)).date())}" if now.as_of else "nothing ran yet"


def _booked(seen: CampaignView) -> c.Explanation:
    money, term = seen.money, c.Term
    terms = [term("+" if number else "", line.name, formats.money(line.amount, money.currency)) for number, line in
             enumerate(line for line in seen.lines if line.status != "cancelled")]  # fmt: skip
    rate = f"agency commission, {money.commission_pct.normalize():f} %"
    terms += [term("=", "gross", formats.money(money.gross, money.currency)), term("−", rate, formats.money(money.commission, money.currency)),
              term("=", "net", formats.money(money.net, money.currency))]  # fmt: skip
    return c.Explanation("What is booked", terms, f"Revision {seen.order.revision}.")


def _earned(seen: CampaignView, now: Standing) -> c.Explanation:
    terms = [
        c.Term("+" if number else "", f"{one.line.name}, {formats.integer(one.delivered)} of {formats.integer(one.line.quantity)}",
               formats.money(one.earned, seen.order.currency))
        for number, one in enumerate(now.lines)
    ]  # fmt: skip
    total = c.Term("=", "earned, gross", formats.money(now.earned, seen.order.currency))
    return c.Explanation("Delivered at the line's rate, never beyond its value", [*terms, total], source_url=links.record(seen.order, "delivery"))


def _at_risk(seen: CampaignView, now: Standing) -> c.Explanation:
    rows = [one for one in now.lines if one.pace and one.pace.at_risk]
    terms = [
        c.Term("+" if number else "", f"{one.line.name}, {formats.integer(max(0, one.pace.goal - one.pace.projected))} short",  # type: ignore[union-attr]
               formats.money(one.pace.at_risk, seen.order.currency))  # type: ignore[union-attr]
        for number, one in enumerate(rows)
    ]  # fmt: skip
    total = c.Term("=", "at risk, gross", formats.money(now.at_risk, seen.order.currency))
    return c.Explanation("Projected shortfall at the line's rate", [*terms, total], source_url=links.page("pacing"))

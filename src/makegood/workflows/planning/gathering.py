"""A brief's planning problem: every possible line with its price, avails and expected worth. Reads only."""

import dataclasses
import datetime
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from makegood.catalog import queries as catalog
from makegood.core.errors import Invalid, Refused
from makegood.delivery.queries import past
from makegood.engine import planner
from makegood.engine.planner import rules
from makegood.engine.reach import REQUESTS_PER_PERSON_DAY
from makegood.orders.availability import joint
from makegood.orders.queries import past_rates
from makegood.sales.models import Brief
from makegood.sales.wanting import on_air
from makegood.workflows.planning import candidates, pricing
from makegood.workflows.planning.candidates import DAY, SOLD_BY, Possible, Stretch
from makegood.workflows.planning.history import History

AUDIENCE = "audience:"
STEP = {"CPM": 1000.0}


@dataclasses.dataclass(frozen=True)
class Gathered:
    """The problem, what is free together, what people are told of each candidate, and why products are no candidates."""

    problem: planner.Problem
    stock: planner.Stock
    offers: dict[str, dict[str, Any]]
    dropped: dict[str, str]


def gather(brief: Brief, *, at: datetime.datetime, own: Mapping[str, Stretch] | None = None, locked: Mapping[str, float] | None = None) -> Gathered:
    """The problem of a brief. `own` adds candidates by product code on days a person chose; `locked` are units that stay.

    Raises Invalid when its days are over, Refused when nothing at all could be planned.
    """
    book, days = rules.book(), _days(brief, at.date())
    line, most, flighting = (book.only(kind, brief.objective) for kind in ("line", "lines", "flighting"))
    products = list(catalog.comparable())
    found, dropped = candidates.possible(brief, products, days, flighting.options if flighting else ("whole",), line.least_days if line else 1)
    found += [_own(brief, one, own[one.code], days) for one in products if own and one.code in own]
    history = History(past.lines(today=at.date()), brief.advertiser, book)
    made = _Priced(brief, found, history, book, at, dropped)
    cap = {"budget": float(brief.budget), "least": (line.least_share if line else 0.0) * float(brief.budget), "lines": most.most if most else len(found)}
    lines = [each for one in made.found if (each := made.candidate(one, cap["least"])) is not None]
    if not lines:
        raise Refused("no product can be planned for this brief.", place=str(brief), remedy="; ".join(f"{code}: {why}" for code, why in sorted(dropped.items())[:4]))
    wanted, audiences = candidates.wanted(brief, products), made.audiences(lines)
    problem = planner.Problem(
        cap["budget"], tuple(lines), audiences, (), _shares(brief, book, lines, locked or ()), wanted, max(int(cap["lines"]), len(wanted), len(locked or ())),
        locked=dict(locked or {}), universe=planner.universe(audiences), people=brief.kpi_type == "reach" and (brief.kpi_frequency or 1) == 1,
    )  # fmt: skip
    return Gathered(problem, made.stock, {one.key: made.offer(one) for one in made.found if one.key in problem.by_key()}, dropped)


def _days(brief: Brief, today: datetime.date) -> list[Stretch]:
    found = on_air(max(brief.start, today + DAY), brief.end, [pair for pair in brief.hiatus if pair[1] >= str(max(brief.start, today + DAY))])
    if not found:
        raise Invalid("the campaign's days are over.", place="end", remedy="Give later days.")
    return found


def _own(brief: Brief, product: Any, days: Stretch, on: Sequence[Stretch]) -> Possible:
    return Possible(f"{product.code}:own", product, (days,), candidates.aimed(brief, product) or {}, candidates.traits(product, [days], on))


def _shares(brief: Brief, book: rules.Book, lines: Sequence[planner.Candidate], locked: Collection[str]) -> tuple[planner.Share, ...]:
    """The rules about parts of the money; each property's only where the brief leaves the property open.

    Not for products a person locked: how much of them there is has been decided.
    """
    decided = {f"product:{one.product}" for one in lines if one.key in locked}
    values = {kind: sorted({name.split(":", 1)[1] for one in lines for name in one.traits if name.startswith(f"{kind}:")}) for kind in ("property", "product")}
    reached = {name for one in lines for name in one.traits}
    found = rules.shares(book.of(brief.objective), values | ({"property": []} if brief.property_id else {}))
    return tuple(one for one in found if (one.low == 0 or one.trait in reached) and one.trait not in decided)


class _Priced:
    """Candidates with the records that price them: loaded once."""

    def __init__(
        self, brief: Brief, found: Sequence[Possible], history: History, book: rules.Book, at: datetime.datetime, dropped: dict[str, str]
    ) -> None:
        self._brief, self._history, self._book, self._dropped = brief, history, book, dropped
        cards, before = pricing.cards(brief, {one.product.pk for one in found}, at.date()), past_rates.of(brief.advertiser, brief.currency)
        for one in found:
            if one.product.pk not in cards:
                dropped.setdefault(one.product.code, f"the card has no {brief.currency} rate")
        self.found = [one for one in found if one.product.pk in cards]
        self._prices = {one.product.pk: pricing.price(cards[one.product.pk], before.get(one.product.pk)) for one in self.found}
        self._runs = {one.key: joint.Run(_places(one), one.targeting, one.periods) for one in self.found}
        drawn = joint.stock(self._runs | self._people(), brief.advertiser, at=at)
        if drawn is None:
            raise Refused("the card has no rate for any product.", place=str(brief), remedy=f"Give the card {brief.currency} rates.")
        self.stock, self._known = drawn
        whole = {one.key: (one.product, one.periods) for one in self.found if one.product.exclusive}
        self._free_days = joint.days(whole, brief.advertiser, at=at)

    def _people(self) -> dict[str, joint.Run]:
        """Everybody on a property's placements in the campaign's days, for frequency and reach."""
        found: dict[str, joint.Run] = {}
        for one in self.found:
            key = AUDIENCE + one.product.property.code
            places = {*_places(one), *(found[key].placement_ids if key in found else ())}
            days = max((one.periods, found[key].periods if key in found else one.periods), key=lambda some: (some[-1][1] - some[0][0]))
            found[key] = joint.Run(tuple(sorted(places)), one.targeting, days)
        return found

    def candidate(self, one: Possible, least: float) -> planner.Candidate | None:
        """The candidate as the planner takes it; None, with the reason noted, where nothing can be said of it."""
        product, price = one.product, self._prices[one.product.pk]
        worth, free = self._history.worth(self._brief.kpi_type, product, self._brief.basket), float(self.stock.free((one.key,)))
        if self._known.isdisjoint(_places(one)):
            return self._drop(product.code, "not enough was counted to say what is free")
        if not worth.mean:
            return self._drop(product.code, f"nothing is known of {self._brief.get_kpi_type_display().lower()} of its format")
        contacts = self._contacts(one)
        rate = float(price.rate) / (1000 if product.rate_type == "CPM" else 1)
        if contacts <= 0 or rate <= 0:
            return self._drop(product.code, "has no requests in these days" if contacts <= 0 else "costs nothing")
        step = STEP.get(product.rate_type, 1.0)
        available = {"day": self._free_days.get(one.key, one.days), "unit": one.days}.get(product.rate_type, free / contacts)
        spread = 0.0 if product.rate_type in ("day", "unit") else self.stock.spread(one.key) / contacts
        units = -(-least / rate // step) * step if least else 0.0
        return planner.Candidate(
            one.key, product.code, product.property.code, rate, float(available), one.periods, contacts, max(units, step), step=step,
            spread=spread, worth=worth, kept=self._history.kept(product), traits=one.traits,
        )  # fmt: skip

    def _contacts(self, one: Possible) -> float:
        """Impressions a unit brings."""
        if one.product.rate_type == "CPM":
            return 1.0
        if one.product.rate_type in ("CPC", "CPV"):
            rate = self._history.rate("clicks" if one.product.rate_type == "CPC" else "completes", one.product)
            return 1 / rate if rate else 0.0
        return self.stock.matched(one.key) / one.days

    def _drop(self, code: str, why: str) -> None:
        self._dropped.setdefault(code, why)

    def audiences(self, lines: Sequence[planner.Candidate]) -> tuple[planner.Audience, ...]:
        """One audience a property, with what a further contact is worth and how many a week there may be."""
        brief, again = self._brief, self._book.again[self._brief.kpi_type].value
        rule = self._book.only("frequency", brief.objective)
        found = []
        for code in sorted({one.audience for one in lines}):
            requests, own = float(self.stock.matched(AUDIENCE + code)), [one for one in lines if one.audience == code]
            days = max((one.periods[-1][1] - one.periods[0][0]).days + 1 for one in own)
            week = planner.Audience(code, requests, REQUESTS_PER_PERSON_DAY * min(7, days))
            frequency = brief.kpi_frequency if brief.kpi_type == "reach" else 1
            most = planner.contacts_for(week, rule.high) if rule and rule.hard else float("inf")
            found.append(planner.Audience(code, requests, REQUESTS_PER_PERSON_DAY * days, again, frequency, max(one.worth.mean for one in own), most))
        return tuple(found)

    def offer(self, one: Possible) -> dict[str, Any]:
        """What a line of this candidate carries into records."""
        price, kept = self._prices[one.product.pk], self._history.kept(one.product)
        worth = self._history.worth(self._brief.kpi_type, one.product, self._brief.basket)
        return {
            "product": one.product.pk, "name": one.product.name, "property": one.product.property.name, "format": one.product.format,
            "rate_type": one.product.rate_type, "unit": SOLD_BY[one.product.rate_type], "rate": str(price.rate), "card": str(price.card),
            "floor": str(price.floor), "why": price.why, "targeting": one.targeting, "periods": [[str(day) for day in pair] for pair in one.periods],
            "matched": self.stock.matched(one.key), "worth": dataclasses.asdict(worth), "kept": dataclasses.asdict(kept),
        }  # fmt: skip


def _places(one: Possible) -> tuple[int, ...]:
    return tuple(sorted(place.pk for place in one.product.placements.all() if place.active))

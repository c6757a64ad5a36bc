"""The check itself: each line of an order against supply, book and holds, earlier lines of the order counted first."""

import dataclasses
import datetime
import math
from collections.abc import Mapping, Sequence

from makegood.accounts.models import Account
from makegood.catalog.models import Product
from makegood.engine import avails, outlook
from makegood.engine.avails import Ask
from makegood.engine.outlook import Outlook
from makegood.engine.supply import Supply
from makegood.orders.availability import book, exclusive, losing, supply
from makegood.orders.availability.views import Avails
from makegood.orders.models import Line, Order

WEEK = datetime.timedelta(weeks=1)
ANYWHERE = "drop the placement targeting"  # the placements are the product itself: another place is another product


def check(
    subject: Order | Line | Sequence[Line], *, at: datetime.datetime, relax: bool = False, displace: bool = False
) -> dict[int, Avails]:
    """{line id: Avails} for an order, a line or lines of one order. `relax` also says what would free more.

    `displace` is for one line: also who would lose what if it were booked all the same, and how sure the forecast is. What the lines themselves have reserved does not count against them; earlier lines of the same order do.
    """
    lines = _lines(subject)
    found = {line.pk: _unlimited(line) for line in lines}
    found.update(exclusive.check({line.pk: (line, placements(line)) for line in lines if line.product.voice_pct}, at))
    counted = [line for line in lines if line.counts_impressions and line.product.voice_pct is None and placements(line)]
    found.update(_impressions(counted, at, relax, displace))
    return found


@dataclasses.dataclass(frozen=True)
class Wish:
    """What somebody would like who has no order yet: a line of an import, a hold."""

    product: Product
    start: datetime.date
    end: datetime.date
    units: int


def check_wishes(wishes: Mapping[int, Wish], advertiser: Account | None, *, at: datetime.datetime, relax: bool = True) -> dict[int, Avails]:
    """The same for wishes of one client (or of nobody in particular) by number from 1; earlier ones count against later ones. Nothing is saved."""
    return {-pk: found for pk, found in check(_wished(wishes, Order(advertiser=advertiser)), at=at, relax=relax).items()}


def what_if(wish: Wish, advertiser: Account | None, *, at: datetime.datetime) -> Avails:
    """All there is to say of one wish: the sum, what would free more, who would lose what if it were booked all the same. Nothing is saved."""
    (found,) = check(_wished({1: wish}, Order(advertiser=advertiser)), at=at, relax=True, displace=True).values()
    return found


def _wished(wishes: Mapping[int, Wish], order: Order) -> list[Line]:
    """Lines of the order, never saved, with negative numbers as their ids."""
    return [
        Line(
            pk=-number, number=number, order=order, product=wish.product, start=wish.start, end=wish.end, quantity=wish.units,
            targeting=wish.product.targeting, priority=wish.product.priority,
            unit="impressions" if wish.product.rate_type == "CPM" else "units",
        )
        for number, wish in sorted(wishes.items())
    ]


def _lines(subject: Order | Line | Sequence[Line]) -> list[Line]:
    if isinstance(subject, Line):
        return [subject]
    if isinstance(subject, Order):
        rows = subject.lines.exclude(status="cancelled").select_related("product", "order__advertiser")
        return list(rows.prefetch_related("flights", "product__placements"))
    return list(subject)


def placements(line: Line) -> list[int]:
    """Where it may serve: the placements its flights name, else those of its product."""
    if not line._state.adding:
        named = {pk for flight in line.flights.all() for pk in flight.placement_ids}
        if named:
            return sorted(named)
    return sorted(place.pk for place in line.product.placements.all())


def _unlimited(line: Line) -> Avails:
    return Avails(line.pk, line.quantity, line.unit, limited=False, available=line.quantity, possible=line.quantity)


def _impressions(lines: list[Line], at: datetime.datetime, relax: bool, displace: bool) -> dict[int, Avails]:
    """One horizon, one book and one graph for all lines; a line whose days are over, or about which nothing is known, is not judged."""
    today = at.date()
    ahead = [line for line in lines if line.end >= today]
    found = {line.pk: Avails(line.pk, line.quantity, line.unit, known=False) for line in lines}
    if not ahead:
        return found
    places = {line.pk: placements(line) for line in ahead}
    start = max(min(line.start for line in ahead) - WEEK, today)
    end = max(line.end for line in ahead) + WEEK
    wanted = {pk for some in places.values() for pk in some}
    booked = [flight for flight in book.flights(wanted, start, end) if flight.line_id not in places]
    end = max([end, *(flight.end for flight in booked)])
    every = wanted | {pk for flight in booked for pk in flight.placement_ids}
    stock, expected, known = supply.of(every, start, end, today=today)
    holds = book.others(book.holds(wanted, start, end, at), ahead[0].order)
    claimed, names = book.claims(booked, holds, today=today)
    asks = {line.pk: _ask(line, places[line.pk], today) for line in ahead if not known.isdisjoint(places[line.pk])}
    stock, expected = supply.told_apart(stock, expected, every, (one.scope for one in (*asks.values(), *claimed)))
    shown = {line.pk: line for line in ahead}
    for (pk, ask), answer in zip(asks.items(), avails.check(stock, expected, claimed, list(asks.values()), relax=relax, displace=displace), strict=True):
        found[pk] = _shown(shown[pk], ask, answer, names)
        if displace:
            losers = losing.losers(answer.displaced, booked, holds)
            found[pk] = dataclasses.replace(found[pk], losers=losers, within=_within(stock, expected, ask))
    return found


def _within(stock: Supply, expected: Outlook, ask: Ask) -> tuple[int, int]:
    """The bounds that hold what matches 80 times in 100."""
    counted = outlook.count(stock, expected, ask.scope.targeting, ask.scope.period)
    return math.floor(counted.lo80), math.ceil(counted.hi80)


def _ask(line: Line, places: list[int], today: datetime.date) -> Ask:
    scope = book.scope(line.targeting, places, max(line.start, today), line.end)
    units = line.quantity if line.quantity > 0 else None  # a document's line may lack its quantity
    return Ask(scope, units, priority=line.priority, frequency_cap=book.cap(line), line_id=book.EARLIER + line.number)


def _shown(line: Line, ask: Ask, answer: avails.Availability, names: dict[int, exclusive.Holder]) -> Avails:
    mine = exclusive.Holder("Earlier lines of this order", 0, False, None)
    holders = tuple(exclusive.named(names.get(one.line_id, mine), one.units) for one in answer.contenders)
    return Avails(
        line_id=line.pk, wanted=ask.units or 0, unit=line.unit, matched=answer.matched, reserved=answer.reserved, held=answer.held,
        caps=answer.caps, available=answer.available, possible=answer.possible, short=answer.short, holders=holders,
        relaxations=tuple(one for one in answer.relaxations if one.change != ANYWHERE),
    )  # fmt: skip

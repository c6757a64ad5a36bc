"""Thirty-two clients who all want overlapping days of one homepage at once, whole or in shares, as orders and as holds.

What must hold after every round is recomputed here from the rows, by day, with no code of the product.
"""

import concurrent.futures
import contextlib
import dataclasses
import datetime
import random
import threading
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence

from django.db import connection, transaction

from makegood.accounts.models import Account
from makegood.core.models import Person, Role
from makegood.orders.actions import booking
from makegood.orders.errors import AlreadyTaken, NotEnough
from makegood.orders.models import Order, Reservation
from makegood.sales.models import Hold
from makegood.workflows import holding
from tests import personas
from tests.factories import accounts, catalog, orders
from tests.factories.accounts import NOW

CLIENTS, WINDOW, LONGEST = 32, 12, 4
CREW = 2 * CLIENTS  # all of them, and those who give back
DAY = datetime.timedelta(days=1)


def at_once(jobs) -> list[object]:
    """Run every job in a thread with its own connection, released together; results or exceptions."""
    with people() as crew:
        return crew(jobs)


@contextlib.contextmanager
def people() -> Iterator[Callable[[Sequence[Callable[[], object]]], list[object]]]:
    """`at_once` by up to CREW people who keep their connections from one round to the next, as those of a web process are kept."""
    with concurrent.futures.ThreadPoolExecutor(CREW) as pool:

        def crew(jobs: Sequence[Callable[[], object]]) -> list[object]:
            gate = threading.Barrier(len(jobs))
            return list(pool.map(lambda job: _outcome(job, gate), jobs, timeout=120))  # each waits at the gate, so each is another thread

        try:
            yield crew
        finally:
            crew([lambda: connection.close()] * CREW)  # its own each: the name stands for the connection of whoever asks


def _outcome(job: Callable[[], object], gate: threading.Barrier) -> object:
    try:
        connection.ensure_connection()
        gate.wait(30)
        return job()
    except Exception as error:  # the outcome under test, whatever it is
        return error


@dataclasses.dataclass
class Tally:
    """What happened over the rounds."""

    attempts: int = 0
    won: int = 0
    refused: int = 0
    untold: int = 0
    others: Counter = dataclasses.field(default_factory=Counter)
    over: int = 0
    needless: int = 0


class Homepage:
    """One placement sold whole, by half and by quarter, and its clients."""

    def __init__(self, seed: int) -> None:
        accounts.seller()
        self.chance = random.Random(seed)
        self.products = [catalog.takeover(), catalog.shared(50), catalog.shared(25)]
        self.clients = [accounts.advertiser(f"Advertiser {n:02d}") for n in range(CLIENTS)]
        self.sellers = [personas.person(f"Seller {n:02d}", Role.SALES) for n in range(CLIENTS)]

    def days(self) -> tuple[datetime.date, datetime.date]:
        """A stretch within the window."""
        length, start = self.chance.randint(1, LONGEST), self.chance.randrange(WINDOW)
        return orders.START + start * DAY, orders.START + (start + length - 1) * DAY

    def order(self, client: Account) -> Order:
        """A signed order of that client for a product and days of chance."""
        start, end = self.days()
        made = orders.order(f"Campaign {self.chance.random()}", advertiser=client, start=start, end=end)
        orders.line(made, self.chance.choice(self.products), quantity=(end - start).days + 1, start=start, end=end)
        return orders.signed(made)

    def wish(self, client: Account, by: Person):
        """A hold of chance, to be placed."""
        (start, end), product = self.days(), self.chance.choice(self.products)
        facts = {"start": start, "end": end, "units": (end - start).days + 1, "expires_at": NOW + DAY, "by": by, "at": NOW}
        return lambda: holding.place(product, client, **facts)


def taken() -> dict[datetime.date, int]:
    """Per cent of the voice by day, bookings and holds in force together."""
    found: dict[datetime.date, int] = defaultdict(int)
    rows = [(one.days.lower, one.days.upper - DAY, 100 if one.exclusive else one.share_pct or 0) for one in Reservation.objects.filter(released_at=None)]
    rows += list(Hold.objects.filter(status="held").values_list("start", "end", "share_pct"))
    for start, end, share in rows:
        for n in range((end - start).days + 1):
            found[start + n * DAY] += share
    return found


def book_round(home: Homepage, pool: Sequence[Sequence[Order]], tally: Tally, crew=at_once) -> None:
    """Every client books one of its orders at once, in an order of chance; the outcome is checked."""
    tried = [home.chance.choice(some) for some in home.chance.sample(pool, len(pool))]
    found = crew([lambda order=order: booking.book(order, by=None, at=NOW) for order in tried])
    now, having = taken(), {row.flight.line.order.number: row for row in Reservation.objects.filter(released_at=None).select_related("flight__line__order__advertiser__party")}
    tally.attempts += len(found)
    tally.over += sum(total > 100 for total in now.values())
    for order, outcome in zip(tried, found, strict=True):
        line = order.lines.get()
        share = line.product.voice_pct
        if isinstance(outcome, Order):
            tally.won += 1
        elif isinstance(outcome, AlreadyTaken):
            tally.refused += 1
            row = having.get(outcome.order)
            tally.untold += row is None or outcome.holder != str(row.flight.line.order.advertiser) or row.days.lower > line.end or row.days.upper <= line.start
            tally.needless += all(now[line.start + n * DAY] + share <= 100 for n in range((line.end - line.start).days + 1))
        else:
            tally.others[type(outcome).__name__ + str(outcome)[:120]] += 1


def afresh(made: Sequence[Order]) -> None:
    """The same orders signed again, without what they had booked.

    Written past the triggers, since no verb takes a booking back to signed; making ten thousand orders would take hours.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SET LOCAL session_replication_role = replica; DELETE FROM orders_reservation; UPDATE orders_order SET status = 'signed';"
            " UPDATE orders_line SET status = 'draft'; UPDATE orders_flight SET status = 'draft'"
        )
    for order in made:
        order.refresh_from_db()


def emptied() -> None:
    """An empty book, past the triggers: releasing every hold by its verb is measured in its own rounds."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica; DELETE FROM sales_hold; DELETE FROM core_notification; DELETE FROM core_activity")


def hold_round(home: Homepage, tally: Tally, crew=at_once) -> None:
    """Everybody places a hold at once while a third of those in force are given back; sums and queues are checked."""
    jobs = [home.wish(client, by) for client, by in zip(home.clients, home.sellers, strict=True)]
    ending = [one for one in Hold.objects.filter(status="held") if home.chance.random() < 0.3]
    jobs += [lambda one=one: holding.release(one, by=None, at=NOW) for one in ending]
    home.chance.shuffle(jobs)
    found = crew(jobs)
    tally.attempts += len(found)
    tally.over += sum(total > 100 for total in taken().values())
    for outcome in found:
        if isinstance(outcome, Hold):
            tally.won += outcome.status == "held"
            tally.refused += outcome.status == "queued"
        elif not (isinstance(outcome, AlreadyTaken | NotEnough) or "already" in str(outcome)):
            tally.others[type(outcome).__name__ + str(outcome)[:120]] += 1
    tally.untold += len(broken_queues())


def broken_queues() -> list[Hold]:
    """Queued holds that do not wait in a whole row 2, 3, 4 … for one in force that has some of their days."""
    behind: dict[Hold, list[Hold]] = defaultdict(list)
    for one in Hold.objects.filter(status="queued").select_related("waits_for").order_by("place"):
        behind[one.waits_for].append(one)
    wrong = [one for head, queue in behind.items() for one in queue if head.status != "held" or head.start > one.end or head.end < one.start]
    return wrong + [queue[0] for queue in behind.values() if [one.place for one in queue] != list(range(2, 2 + len(queue)))]

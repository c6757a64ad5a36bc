"""Categories kept for one client by agreements in force: who holds one where and when. Contracts' actions write; orders read."""

import dataclasses
import datetime
from collections.abc import Collection, Iterable

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Q

from makegood.accounts.models import Account, Contract, Exclusivity
from makegood.core.errors import Refused

ONE_DAY = datetime.timedelta(days=1)


@dataclasses.dataclass(frozen=True)
class Wanted:
    """Days on a property that somebody wants to sell; `number` is the caller's own."""

    number: int
    property_id: int
    start: datetime.date
    end: datetime.date


@dataclasses.dataclass(frozen=True)
class Kept:
    """A promise in the way of something wanted: whose, by which agreement, until when."""

    number: int
    holder: str
    holder_id: int
    contract: str
    category: str
    start: datetime.date
    until: datetime.date

    def __str__(self) -> str:
        return f"{self.holder} has {self.category} alone by {self.contract}, {self.start} until {self.until}"


def clashes(category: str, client: Account, wanted: Collection[Wanted]) -> list[Kept]:
    """Promises of `category` to others that what is wanted would break; one query however much is wanted."""
    if not category or not wanted:
        return []
    days = (min(one.start for one in wanted), max(one.end for one in wanted) + ONE_DAY)
    rows = Exclusivity.objects.filter(category__iexact=category, released_at=None, days__overlap=days).exclude(account=client)
    rows = rows.filter(Q(property_id=None) | Q(property_id__in={one.property_id for one in wanted})).select_related("account__party", "contract").order_by("pk")
    return [_kept(row, one) for row in rows for one in wanted if _meets(row, one)]


def promise(contract: Contract) -> None:
    """Keep the category the agreement promises alone. Refused, naming who has it, when another does on any of its days."""
    if not contract.exclusive_category:
        return
    days = DateRange(contract.start, contract.end + ONE_DAY)
    try:
        with transaction.atomic():
            Exclusivity.objects.bulk_create(
                Exclusivity(contract=contract, account_id=contract.account_id, category=contract.exclusive_category, property_id=pk, days=days)
                for pk in contract.exclusive_properties or [None]
            )
    except IntegrityError as error:
        rows = Exclusivity.objects.filter(category__iexact=contract.exclusive_category, released_at=None, days__overlap=days)
        other = _first(rows.select_related("account__party", "contract").order_by("pk"), contract)
        said = f"{other.account} has {other.category} alone by {other.contract.number} until {other.days.upper - ONE_DAY}" if other else "another has it alone"
        raise Refused(f"{said}.", place=str(contract), remedy="Choose other days or properties, or end that promise first.") from error


def release(contract: Contract, *, at: datetime.datetime) -> None:
    """What the agreement promised alone is free again."""
    Exclusivity.objects.filter(contract=contract, released_at=None).update(released_at=at)


def _first(rows: Iterable[Exclusivity], contract: Contract) -> Exclusivity | None:
    places = set(contract.exclusive_properties)
    return next((row for row in rows if row.property_id is None or not places or row.property_id in places), None)


def _meets(row: Exclusivity, one: Wanted) -> bool:
    return row.property_id in (None, one.property_id) and row.days.lower <= one.end and row.days.upper > one.start


def _kept(row: Exclusivity, one: Wanted) -> Kept:
    return Kept(one.number, str(row.account), row.account_id, row.contract.number, row.category, row.days.lower, row.days.upper - ONE_DAY)

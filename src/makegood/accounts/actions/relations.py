"""Agencies acting for advertisers from day to day, and an advertiser's brands."""

import datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import Q

from makegood.accounts.models import Account, Brand, Representation
from makegood.core import activity, permissions, verbs
from makegood.core.errors import Invalid, Refused
from makegood.core.models import Party, Person

ONE_DAY = datetime.timedelta(days=1)


@verbs.whole
def represent(
    agency: Account, advertiser: Account, *, commission_pct: Decimal, start: datetime.date, by: Person | None, at: datetime.datetime,
    end: datetime.date | None = None, of_record: bool | None = None,
) -> Representation:  # fmt: skip
    """`agency` acts for `advertiser` from `start` to `end` (open when None), for `commission_pct` per cent of gross.

    It is of record unless another agency is on any of the days, or as said. Refused by the database when the two are
    related already on a day, or a second one were of record.
    """
    permissions.check(by, "accounts.represent", advertiser)
    if agency.party.kind != Party.Kind.AGENCY:
        raise Invalid(f"{agency} is not an agency.", place="agency", remedy="Choose an agency's account.")
    if end is not None and end < start:
        raise Invalid(f"it ends {end}, before {start}.", place="end", remedy="Give a later last day.")
    if not 0 <= commission_pct < 100:
        raise Invalid(f"a commission of {commission_pct} per cent cannot be.", place="commission_pct", remedy="Give 0 to 99.99.")
    met = advertiser.agencies.filter(Q(end=None) | Q(end__gte=start), *([Q(start__lte=end)] if end else [])).select_related("agency__party")
    first = not any(one.of_record for one in met) if of_record is None else of_record
    try:
        with transaction.atomic():
            bond = Representation.objects.create(agency=agency, advertiser=advertiser, commission_pct=commission_pct, start=start, end=end, of_record=first)
    except IntegrityError as error:
        raise _refused(advertiser, agency, list(met), error) from error
    after = {"agency": str(agency), "commission_pct": commission_pct, "start": start, "end": end, "of_record": first}
    activity.record(advertiser, "account.represented", by=by, at=at, after=after)
    return bond


@verbs.whole
def end(bond: Representation, last: datetime.date, *, by: Person | None, at: datetime.datetime, why: str) -> Representation:
    """The relation ends with `last`; its orders keep their agency."""
    permissions.check(by, "accounts.represent", bond.advertiser)
    if not why.strip():
        raise Invalid("ending a relation needs a reason.", place=str(bond), remedy="Say why in a sentence.")
    if last < bond.start - ONE_DAY or (bond.end and last > bond.end):
        raise Invalid(f"it runs from {bond.start}{f' to {bond.end}' if bond.end else ''}.", place="end", remedy="Choose a day within.")
    was = bond.end
    if last < bond.start:
        bond.delete()
    else:
        Representation.objects.filter(pk=bond.pk).update(end=last)
        bond.end = last
    activity.record(bond.advertiser, "account.representation_ended", by=by, at=at, why=why, before={"end": was}, after={"agency": str(bond.agency), "end": last})
    return bond


@verbs.whole
def add_brand(advertiser: Account, name: str, *, by: Person | None, at: datetime.datetime, category: str = "") -> Brand:
    """A brand of the advertiser; one of that name there already is returned as it is."""
    permissions.check(by, "accounts.edit", advertiser)
    if not name.strip():
        raise Invalid("a brand needs a name.", place=str(advertiser), remedy="Give its name.")
    if advertiser.party.kind != Party.Kind.ADVERTISER:
        raise Invalid(f"{advertiser} is an agency.", place=name, remedy="Brands are an advertiser's.")
    known = advertiser.brands.filter(name__iexact=name.strip()).first()
    if known:
        return known
    made = Brand.objects.create(advertiser=advertiser, name=name.strip()[:120], category=category.strip()[:60])
    activity.record(advertiser, "account.brand_added", by=by, at=at, after={"name": made.name, "category": made.category})
    return made


def _refused(advertiser: Account, agency: Account, met: list[Representation], error: IntegrityError) -> Refused:
    """Which relation stands in the way, until when."""
    same = next((one for one in met if one.agency_id == agency.pk), None)
    other = same or next((one for one in met if one.of_record), None)
    if other is None:
        raise error
    until = f"until {other.end}" if other.end else "with no end"
    said = f"{other.agency} acts for it already" if same else f"{other.agency} is its agency of record"
    return Refused(f"{said}, from {other.start} {until}.", place=str(advertiser), remedy="End that relation the day before, or choose other days.")

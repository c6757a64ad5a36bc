"""A vendor's delivery file: received, its placements and columns settled, counted. Nothing is counted before it is confirmed."""

import datetime
import pathlib
from collections.abc import Iterable

from makegood.core import files, permissions, verbs
from makegood.core.errors import Invalid, Refused
from makegood.core.models import Person
from makegood.delivery.actions import comparing, third_party
from makegood.delivery.models import CountLoad, PlacementRule, VendorLayout
from makegood.delivery.queries import vendor_files
from makegood.delivery.queries.vendor_files import LoadView
from makegood.documents.counts import CountFile, headers
from makegood.documents.counts.messages import FIELDS
from makegood.documents.orders import UnreadableDocument, sniff
from makegood.orders.models import Flight

LARGEST = 50 * 1024 * 1024
VERB = "delivery.load_third_party"


@verbs.whole
def receive(source: pathlib.Path | Iterable[bytes], *, vendor: str, name: str = "", by: Person | None, at: datetime.datetime) -> CountLoad:
    """Store a file that can be read. Raises Invalid with place and remedy, storing nothing, when it cannot."""
    permissions.check(by, VERB)
    vendor = " ".join(vendor.split())[:60]
    if not vendor:
        raise Invalid("nobody is named as who counted.", place="vendor", remedy="Name the ad server or verification vendor.")
    known = pathlib.PurePath(name or (source.name if isinstance(source, pathlib.Path) else "counts")).name
    with files.on_disk(source, known, limit=LARGEST) as path:
        try:
            kind = sniff.media_type(path)
        except UnreadableDocument as error:
            raise Invalid(f"{error.reason}.", place=known, remedy=f"{error.remedy.capitalize()}.") from error
        stored = files.store(files.chunks(path), name=known, media_type=kind, by=by, at=at, limit=LARGEST)
    load = CountLoad.objects.create(vendor=vendor, document=stored, by=by, at=at)
    vendor_files.read(load)  # raises, and takes the row with it, when there is no table in the file
    return load


@verbs.whole
def choose(load: CountLoad, placement: str, flight: Flight | None, *, by: Person | None, at: datetime.datetime) -> CountLoad:
    """Which flight a placement of the file is; None when it is not ours to count. Kept as a rule when the file is counted."""
    load = _open(load, by)
    if placement not in {row.key for row in vendor_files.read(load).rows}:
        raise Invalid(f"no row names the placement {placement!r}.", place=load.document.name, remedy="Choose one that the file has.")
    load.choices[placement] = flight.pk if flight else None
    load.save(update_fields=["choices"])
    return load


@verbs.whole
def name_column(load: CountLoad, header: str, field: str, *, by: Person | None, at: datetime.datetime) -> CountLoad:
    """Say what a column is; remembered for the vendor when the file is counted."""
    load = _open(load, by)
    if field not in FIELDS:
        raise Invalid(f"there is no field {field!r}.", place=header, remedy=f"Choose one of {', '.join(FIELDS)}.")
    kept = {name: known for name, known in load.columns.items() if known != field}
    load.columns = kept | {headers.folded(header): field}
    load.save(update_fields=["columns"])
    vendor_files.read(load)
    return load


@verbs.whole
def confirm(load: CountLoad, *, by: Person | None, at: datetime.datetime, bills: bool | None = None) -> LoadView:
    """Count the file: all its rows or none. Raises Invalid at the first thing that stands in the way.

    `bills` says whether this vendor's counts may be billed, or whether it only verifies; None leaves it as it was.
    """
    load = _open(load, by)
    view = vendor_files.preview(load)
    if view.errors:
        first, more = view.errors[0], len(view.errors) - 1
        raise Invalid(first.message + (f" And {more} more." if more else ""), place=str(first.where) or load.document.name, remedy=first.remedy)
    if view.unknown:
        one = view.unknown[0]
        raise Invalid(f"the placement {one.name!r} is no known flight of ours ({len(view.unknown)} are not).", place=load.document.name, remedy="Choose its flight, or say that it is not ours.")
    if not view.rows:
        raise Invalid("no row counts for a flight of ours.", place=load.document.name, remedy="Choose the flights of its placements.")
    changed = third_party.load(view.rows, by=by, at=at)
    comparing.compare(comparing.lines({one.flight_id for one in view.rows}), by=None, at=at)
    _remember(load, view.file, bills, by, at)
    load.loaded_at, load.loaded_by, load.rows, load.changed = at, by, len(view.rows), changed
    load.impressions = sum(one.impressions for one in view.rows)
    load.save()
    return view


def _open(load: CountLoad, by: Person | None) -> CountLoad:
    permissions.check(by, VERB)
    load = CountLoad.objects.select_for_update(of=("self",)).select_related("document").get(pk=load.pk)
    if load.loaded_at:
        raise Refused(f"it was counted on {load.loaded_at:%d %b %Y}.", place=str(load), remedy="Send the corrected file; it replaces the days it names.")
    return load


def _remember(load: CountLoad, file: CountFile, bills: bool | None, by: Person | None, at: datetime.datetime) -> None:
    """Columns and zone for the vendor's next file, and whose placement is which flight."""
    columns = {headers.folded(header): field for field, header in file.columns.items()}
    facts = {"columns": columns, "zone": file.zone, "by": by, "at": at} | ({} if bills is None else {"bills": bills})
    VendorLayout.objects.update_or_create(vendor=load.vendor, defaults=facts)
    for placement, flight in load.choices.items():
        PlacementRule.objects.update_or_create(vendor=load.vendor, placement=placement[:200], defaults={"flight_id": flight, "by": by, "at": at})

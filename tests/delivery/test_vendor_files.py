"""A vendor's file: previewed, its placements settled once and remembered, counted whole or not at all."""

import datetime
import random

import pytest

from makegood.core.errors import Invalid, NotAllowed, Refused
from makegood.delivery.actions import vendor_files
from makegood.delivery.models import CountLoad, PlacementRule, ThirdPartyCount, VendorLayout
from makegood.delivery.queries import vendor_files as queries
from tests.documents.counts import layouts
from tests.factories import orders
from tests.factories.accounts import NOW

DAY = datetime.date(2026, 12, 8)
VENDOR = "Adserve One"
HEAD = "Time Zone: America/New_York\nDate,Placement ID,Placement,Impressions,Clicks\n"


@pytest.fixture
def flight(db):
    return orders.booked().lines.get().flights.get()


def file(folder, rows, name="counts.csv", head=HEAD):
    path = folder / name
    path.write_text(head + rows)
    return path


def received(folder, rows, finance, **more):
    return vendor_files.receive(file(folder, rows, **more), vendor=VENDOR, by=finance, at=NOW)


ROWS = "2026-12-08,77,Run of site 300x250,1200,3\n2026-12-08,78,Run of site 728x90,300,1\n2026-12-09,77,Run of site 300x250,900,2\n"


def counted(folder, rows, finance, flight, *placements):
    load = received(folder, rows, finance)
    for one in placements:
        vendor_files.choose(load, one, flight, by=finance, at=NOW)
    return vendor_files.confirm(load, by=finance, at=NOW)


def stored():
    return list(ThirdPartyCount.objects.order_by("day").values_list("day", "impressions", "clicks", "vendor", "zone"))


def test_nothing_is_counted_before_it_is_confirmed(flight, finance, tmp_path):
    load = received(tmp_path, ROWS, finance)
    view = queries.preview(load)
    assert [(one.key, one.name, one.impressions, one.likely[0].flight) for one in view.unknown] == [
        ("77", "Run of site 300x250", 2100, flight), ("78", "Run of site 728x90", 300, flight),
    ]  # fmt: skip
    assert (view.ready, view.rows, ThirdPartyCount.objects.count()) == (False, (), 0)
    with pytest.raises(Invalid, match="placement 'Run of site 300x250' is no known flight"):
        vendor_files.confirm(load, by=finance, at=NOW)


def test_placements_of_one_flight_add_up_and_are_remembered(flight, finance, tmp_path):
    view = counted(tmp_path, ROWS, finance, flight, "77", "78")
    assert (view.new, view.changed, view.same) == (2, 0, 0)
    assert stored() == [(DAY, 1500, 4, VENDOR, "America/New_York"), (DAY + datetime.timedelta(days=1), 900, 2, VENDOR, "America/New_York")]
    again = queries.preview(received(tmp_path, ROWS.replace("1200", "1201"), finance))
    assert (again.ready, again.unknown, again.new, again.changed, again.same) == (True, (), 0, 1, 1)
    assert VendorLayout.objects.get().columns == {"date": "day", "placement id": "placement_id", "placement": "placement", "impressions": "impressions", "clicks": "clicks"}
    assert set(PlacementRule.objects.values_list("placement", "flight_id")) == {("77", flight.pk), ("78", flight.pk)}


def test_a_placement_that_is_not_ours_is_left_out_for_good(flight, finance, tmp_path):
    load = received(tmp_path, ROWS, finance)
    vendor_files.choose(load, "77", flight, by=finance, at=NOW)
    vendor_files.choose(load, "78", None, by=finance, at=NOW)
    vendor_files.confirm(load, by=finance, at=NOW)
    assert [row[1] for row in stored()] == [1200, 900]
    assert queries.preview(received(tmp_path, ROWS, finance)).same == 2


def test_our_own_line_number_in_their_name_is_recognised(flight, finance, tmp_path):
    order = flight.line.order
    view = queries.preview(received(tmp_path, f"2026-12-08,9,zzz {order.number}/1 zzz,5,0\n", finance))
    assert [(one.flight, one.score) for one in view.unknown[0].likely] == [(flight, 1.0)]


def test_a_day_beside_the_flight_is_left_out_with_a_warning_further_ones_are_errors(flight, finance, tmp_path):
    rows = "2026-12-06,77,Home,40,0\n2026-12-08,77,Home,900,0\n"
    counted(tmp_path, rows, finance, flight, "77")
    assert [row[1] for row in stored()] == [900]
    view = queries.preview(received(tmp_path, "2027-03-01,77,Home,40,0\n", finance))
    assert [(str(one.where), one.severity) for one in view.problems] == [("row 3", "error")]
    with pytest.raises(Invalid, match="row 3: 2027-03-01 lies outside"):
        vendor_files.confirm(view.load, by=finance, at=NOW)


def test_one_wrong_cell_stops_the_whole_file(flight, finance, tmp_path):
    load = received(tmp_path, ROWS + "2026-12-10,77,Home,many,0\nTotal,,,2400,\n", finance)
    for one in ("77", "78"):
        vendor_files.choose(load, one, flight, by=finance, at=NOW)
    with pytest.raises(Invalid, match="row 6, column D: 'many' is no whole number of impressions"):
        vendor_files.confirm(load, by=finance, at=NOW)
    assert (stored(), PlacementRule.objects.count(), CountLoad.objects.get().loaded_at) == ([], 0, None)


def test_a_column_put_right_once_is_known_next_time(flight, finance, tmp_path):
    head = "Date,Placement ID,Placement,Impressions,Certified Units\n"
    load = vendor_files.receive(file(tmp_path, "2026-12-08,77,Home,900,850\n", head=head), vendor=VENDOR, by=finance, at=NOW)
    vendor_files.name_column(load, "Certified Units", "impressions", by=finance, at=NOW)
    vendor_files.choose(load, "77", flight, by=finance, at=NOW)
    vendor_files.confirm(load, by=finance, at=NOW)
    assert [row[1] for row in stored()] == [850]
    load = vendor_files.receive(file(tmp_path, "2026-12-09,77,Home,700,650\n", head=head), vendor=VENDOR, by=finance, at=NOW)
    assert queries.preview(load).file.impressions == 650


@pytest.mark.parametrize("layout", layouts.LAYOUTS)
def test_every_layout_reaches_the_counts(flight, finance, tmp_path, layout):
    rows = [one for one in layouts.counts(random.Random(3)) if flight.start <= one.day <= flight.end]
    layouts.LAYOUTS[layout](tmp_path / layout, rows)
    load = vendor_files.receive(next(tmp_path.glob(f"{layout}.*")), vendor=layout, by=finance, at=NOW)
    for key in queries.read(load).placements():
        vendor_files.choose(load, key, flight, by=finance, at=NOW)
    vendor_files.confirm(load, by=finance, at=NOW)
    wanted = {day: sum(one.impressions for one in rows if one.day == day) for day in {one.day for one in rows}}
    assert dict(ThirdPartyCount.objects.values_list("day", "impressions")) == wanted


@pytest.mark.parametrize(
    ("text", "vendor", "words"),
    [("", VENDOR, "is empty"), ("a,b\n1,2\n", VENDOR, "no header row"), (HEAD + ROWS, " ", "nobody is named"), ("Date,Units\n2026-12-08,1\n", VENDOR, "no column for impressions")],
)
def test_a_file_without_counts_stores_nothing(flight, finance, tmp_path, text, vendor, words):
    with pytest.raises(Invalid, match=words):
        vendor_files.receive(file(tmp_path, text, head=""), vendor=vendor, by=finance, at=NOW)
    assert not CountLoad.objects.exists()


def test_a_counted_file_is_closed(flight, finance, tmp_path):
    load = counted(tmp_path, ROWS, finance, flight, "77", "78").load
    with pytest.raises(Refused, match="it was counted on"):
        vendor_files.confirm(load, by=finance, at=NOW)


def test_only_those_who_may(flight, reviewer, tmp_path):
    with pytest.raises(NotAllowed):
        received(tmp_path, ROWS, reviewer)

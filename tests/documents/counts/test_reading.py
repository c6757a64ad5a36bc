"""What other ad servers count, in the layouts they send it: every figure at its place, totals held against the rows."""

import random
from decimal import Decimal

import pytest

from makegood.documents import counts
from makegood.documents.counts import cells, headers, zones
from makegood.documents.orders.messages import UnreadableDocument
from tests.documents.counts import layouts


def made(name, folder, seed=1):
    wanted = layouts.counts(random.Random(seed))
    layouts.LAYOUTS[name](folder / name, wanted)
    return next(folder.glob(f"{name}.*")), wanted


def write(folder, text):
    path = folder / "counts.csv"
    path.write_text(text)
    return path


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("name", layouts.LAYOUTS)
def test_every_layout_is_read_to_the_unit(tmp_path, name, seed):
    path, wanted = made(name, tmp_path, seed)
    found = counts.read(path)
    assert found.problems == ()
    ids = name != "plain"
    read = sorted((one.day, one.placement_id, one.placement, one.impressions, one.clicks) for one in found.rows)
    clicks = name != "verification"
    assert read == sorted((one.day, one.placement_id if ids else "", one.placement, one.impressions, one.clicks if clicks else 0) for one in wanted)
    assert found.zone == layouts.ZONES[name]
    assert all(one.agrees for one in found.totals)
    assert len(found.totals) == {"plain": 0, "video": 4}.get(name, 1)


def test_micros_and_the_sheet_with_the_counts(tmp_path):
    path, wanted = made("campaign_manager", tmp_path)
    assert counts.read(path).rows[0].cost == Decimal(wanted[0].impressions * 9000) / 1_000_000
    path, _ = made("verification", tmp_path)
    found = counts.read(path)
    assert (found.sheet, found.header_row, found.columns["impressions"]) == ("Daily Detail", 5, "Monitored Ads")


HEAD = "Date,Placement ID,Placement,Impressions,Clicks\n"


@pytest.mark.parametrize(
    ("rows", "place", "words"),
    [
        ("2026-12-01,1,Home,12x,1\n", "row 2, column D", "'12x' is no whole number of impressions"),
        ("2026-12-01,1,Home,12.5,1\n", "row 2, column D", "'12.5' is no whole number"), ("2026-12-01,1,Home,-3,1\n", "row 2, column D", "'-3' is no whole number"),
        ("yesterday,1,Home,12,1\n", "row 2, column A", "'yesterday' is no day"), ("2026-02-30,1,Home,12,1\n", "row 2, column A", "'2026-02-30' is no day"),
        ("2026-12-01,,,12,1\n", "row 2", "names no placement"), ("2026-12-01,1,Home,12,1\nTotal,,,13,1\n", "row 3", "says 13 impressions, the rows above come to 12"),
        ("", "row 1", "no row of counts"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_with_its_place(tmp_path, rows, place, words):
    found = counts.read(write(tmp_path, HEAD + rows)).errors
    assert [(str(one.where), words in one.message) for one in found] == [(place, True)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Date,Placement,Views\n2026-12-01,Home,12\n", "no column for impressions"), ("a,b\n1,2\n", "no header row"), ("%PDF-1.7\n", "is a PDF"),
    ],
)  # fmt: skip
def test_a_file_without_a_table_is_refused(tmp_path, text, words):
    with pytest.raises(UnreadableDocument, match=words):
        counts.read(write(tmp_path, text))


def test_a_column_remembered_for_the_vendor_wins(tmp_path):
    path = write(tmp_path, "Date,Placement,Impressions,Certified Units\n2026-12-01,Home,12,10\n")
    assert counts.read(path).impressions == 12
    assert counts.read(path, remembered={headers.folded("Certified Units"): "impressions"}).impressions == 10


def test_days_that_could_be_either_are_told(tmp_path):
    found = counts.read(write(tmp_path, HEAD + "03/04/2026,1,Home,12,1\n"))
    assert [one.severity for one in found.problems] == ["warning"]
    assert counts.read(write(tmp_path, HEAD + "03/04/2026,1,Home,12,1\n03/14/2026,1,Home,12,1\n")).problems == ()


@pytest.mark.parametrize(
    ("text", "scale", "units"),
    [
        ("1,234", 1, 1234), ("1.234", 1, 1234), ("1 234", 1, 1234), ("1'234'567", 1, 1234567), ("1.234.567", 1, 1234567), ("1234.0", 1, 1234),
        ("1.234,00", 1, 1234), ("12.5", 1000, 12500), ("1.2345", 1000, None), ("-", 1, 0), ("n/a", 1, 0), ("1e5", 1, None), ("(5)", 1, None),
    ],
)  # fmt: skip
def test_counts_as_people_write_them(text, scale, units):
    assert cells.count(text, scale, None) == units


@pytest.mark.parametrize(
    ("words", "zone"),
    [
        ("Time Zone: America/Chicago", "America/Chicago"), ("Timezone, (GMT+01:00) Central European", "Europe/Berlin"), ("time zone GMT+2", "Etc/GMT-2"),
        ("Time zone: GMT-08:00", "Etc/GMT+8"), ("Report Time Zone: UTC", "UTC"), ("Eastern promises", ""), ("Time zone: Mars", ""),
    ],
)  # fmt: skip
def test_zones_of_days(words, zone):
    assert zones.said([[words]]) == zone

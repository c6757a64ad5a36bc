"""Layouts learnt once: a correction is kept with where it stands, the next document of the same agency is read by it, and its effect is shown."""

import datetime
import pathlib
from decimal import Decimal

import pytest
import xlsxwriter

from makegood.core.errors import Refused
from makegood.orders import checking, queries
from makegood.orders.actions import correcting, importing, learning
from makegood.orders.models import Layout
from tests.factories import accounts, catalog
from tests.factories.accounts import NOW

pytestmark = pytest.mark.django_db
LINES = (("Run of site 300x250", 500_000, 12.0, 6000.0), ("Run of site 300x250", 100_000, 12.0, 1200.0))


def workbook(path: pathlib.Path, *, number: str, campaign: str, lines=LINES, agency="Parallel Media", total=None, booking="Booking code") -> pathlib.Path:
    """An agency's own sheet: the number under a word of theirs, the units under another."""
    out = xlsxwriter.Workbook(str(path))
    page = out.add_worksheet("Plan")
    day = out.add_format({"num_format": "dd/mm/yyyy"})
    for row, cells in enumerate((["Advertiser:", "Oatfield Foods"], ["Agency:", agency], [f"{booking}:", number], ["Motif:", campaign], ["Currency:", "USD"], [])):
        page.write_row(row, 0, cells)
    page.write_row(6, 0, ["Placement", "Start date", "End date", "Ausstrahlungen", "CPM", "Amount"])
    for row, (name, units, rate, amount) in enumerate(lines, 7):
        page.write(row, 0, name)
        page.write_datetime(row, 1, datetime.datetime(2026, 12, 7), day)
        page.write_datetime(row, 2, datetime.datetime(2026, 12, 20), day)
        page.write_row(row, 3, [units, rate, amount])
    page.write_row(7 + len(lines), 0, ["Total", "", "", "", "", sum(line[3] for line in lines) if total is None else total])
    out.close()
    return path


@pytest.fixture
def ready(db):
    accounts.seller()
    advertiser = accounts.advertiser()
    accounts.agency("Parallel Media", advertiser=advertiser)
    catalog.run_of_site()
    return advertiser


def taught(folder: pathlib.Path, by) -> Layout:
    """A first document, put right by a person and committed."""
    received = importing.receive(workbook(folder / "first.xlsx", number="KX-40117", campaign="Winter"), by=by, at=NOW)
    assert {one.problem.code for one in checking.state(received).problems if one.blocks} == {"line_units"}
    correcting.fix(received, "field:contract_number", "KX-40117", by=by, at=NOW)
    correcting.fix(received, "field:campaign", "Winter", by=by, at=NOW)
    for number, line in enumerate(LINES, 1):
        correcting.fix(received, f"line:{number}:quantity", str(line[1]), by=by, at=NOW)
    importing.commit(received, by=by, at=NOW)
    return Layout.objects.get()


def test_the_next_document_of_the_layout_is_read_as_it_was_put_right(ready, account_manager, tmp_path: pathlib.Path) -> None:
    layout = taught(tmp_path, account_manager)
    assert (str(layout.account), layout.version, str(layout.learnt_from), layout.by) == ("Parallel Media", 1, "first.xlsx", account_manager)
    lines = (("Run of site 300x250", 250_000, 10.0, 2500.0),)
    received = importing.receive(workbook(tmp_path / "second.xlsx", number="KX-40233", campaign="Spring", lines=lines), by=account_manager, at=NOW)
    state = checking.state(received)
    assert (state.fields["contract_number"].value, state.fields["campaign"].value, [line.value("quantity") for line in state.lines]) == ("KX-40233", "Spring", [250_000])
    assert [str(one) for one in state.problems if one.blocks] == []
    shown = queries.learnt(account_manager, received)
    assert shown is not None and shown.layout == layout and {name for name, _ in shown.fields} == {"contract number", "campaign"} and shown.columns == ("ausstrahlungen",)
    order = importing.commit(received, by=account_manager, at=NOW)
    assert (order.external_number, order.lines.get().quantity) == ("KX-40233", 250_000)
    assert Layout.objects.count() == 1, "nothing was put right, nothing is learnt"


def test_what_it_changes_is_told_and_forgetting_ends_it(ready, account_manager, tmp_path: pathlib.Path) -> None:
    layout = taught(tmp_path, account_manager)
    changed = {one.place: (one.without, one.with_it, one.put_right) for one in queries.read_otherwise(layout)}
    assert changed["field:contract_number"] == ("", "KX-40117", "KX-40117")
    assert changed["line:2:quantity"] == ("", "100000", "100000")
    learning.forget(layout, by=account_manager, at=NOW)
    again = importing.receive(workbook(tmp_path / "third.xlsx", number="KX-50001", campaign="Autumn"), by=account_manager, at=NOW)
    assert "contract_number" not in checking.state(again).fields and queries.learnt(account_manager, again) is None
    with pytest.raises(Refused):
        learning.forget(layout, by=account_manager, at=NOW)


def test_another_agency_and_another_layout_are_left_alone(ready, account_manager, tmp_path: pathlib.Path) -> None:
    taught(tmp_path, account_manager)
    accounts.agency("Blue Ladder", advertiser=ready)
    other = importing.receive(workbook(tmp_path / "other.xlsx", number="KX-1", campaign="A", agency="Blue Ladder"), by=account_manager, at=NOW)
    assert queries.learnt(account_manager, other) is None


def test_a_total_the_lines_confirm_is_not_replaced(ready, account_manager, tmp_path: pathlib.Path) -> None:
    """A person once said that the total stands elsewhere; where the lines sum to the total read, that is only told."""
    received = importing.receive(workbook(tmp_path / "first.xlsx", number="7000.00", campaign="Winter", total=7200.0), by=account_manager, at=NOW)
    correcting.fix(received, "field:gross_amount", "7000.00", by=account_manager, at=NOW)
    for number, line in enumerate(LINES, 1):
        correcting.fix(received, f"line:{number}:quantity", str(line[1]), by=account_manager, at=NOW)
    for one in checking.state(received).problems:
        if one.blocks:
            correcting.accept(received, one.key, by=account_manager, at=NOW)
    importing.commit(received, by=account_manager, at=NOW)
    assert "gross_amount" in {rule["field"] for rule in Layout.objects.get().rules["rules"]}
    second = importing.receive(workbook(tmp_path / "second.xlsx", number="6500.00", campaign="Spring"), by=account_manager, at=NOW)
    assert checking.state(second).fields["gross_amount"].value == Decimal(7200)
    assert "learnt_differs" in {problem["code"] for problem in second.document["problems"]}


def test_a_newer_version_keeps_the_older_rules(ready, account_manager, tmp_path: pathlib.Path) -> None:
    first = taught(tmp_path, account_manager)
    received = importing.receive(workbook(tmp_path / "second.xlsx", number="KX-40233", campaign="Spring"), by=account_manager, at=NOW)
    correcting.fix(received, "field:product", "Spring", by=account_manager, at=NOW)
    importing.commit(received, by=account_manager, at=NOW)
    newest = Layout.objects.latest("pk")
    first.refresh_from_db()
    assert (newest.version, newest.replaces, first.forgotten_at) == (2, first, NOW)
    assert {rule["field"] for rule in newest.rules["rules"]} == {"contract_number", "campaign", "product"}

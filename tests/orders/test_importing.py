"""A document's way to an order: nothing half, nothing twice, nothing guessed."""

import csv
import datetime
import io
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from makegood.accounts.models import Account, Alias
from makegood.catalog.actions import generic
from makegood.core.errors import Invalid, NotAllowed, Refused
from makegood.core.models import StoredFile
from makegood.orders import checking
from makegood.orders.actions import approval, correcting, importing, matching
from makegood.orders.errors import AlreadyImported, Unfinished
from makegood.orders.models import Flight, Line, Order, OrderImport
from tests.factories import accounts, catalog
from tests.factories.accounts import NOW

pytestmark = pytest.mark.django_db
LINES = [("Run of site 300x250", "2026-12-07", "2026-12-20", 500_000, "12.00", "6000.00"), ("Homepage takeover", "2026-12-07", "2026-12-07", 1, "24000.00", "24000.00")]


def sheet(rows=LINES, *, advertiser="Oatfield Foods", gross=None, commission="15", net=None, number="PM-88213", currency="USD") -> bytes:
    """An agency's order as CSV."""
    total = sum(Decimal(row[5]) for row in rows)
    gross = gross or str(total)
    kept = (Decimal(gross) * Decimal(commission) / 100).quantize(Decimal("0.01"))
    text = io.StringIO()
    out = csv.writer(text)
    out.writerows([["Insertion order"], ["Order Number:", number], ["Advertiser:", advertiser], ["Campaign:", "Winter Getaways"], ["Currency:", currency], ["Flight Start:", "2026-12-07"], ["Flight End:", "2026-12-20"], []])
    out.writerow(["Placement", "Start Date", "End Date", "Impressions", "Rate", "Rate Type", "Amount"])
    out.writerows([[*row[:5], "Per day" if row[3] < 100 else "CPM", row[5]] for row in rows])
    out.writerows([[], ["Gross Total", gross], ["Agency Commission", f"{commission}%"], ["Commission Amount", str(kept)], ["Net Total", net or str(Decimal(gross) - kept)]])
    return text.getvalue().encode()


@pytest.fixture
def book(db):
    """A seller with an advertiser and two products."""
    accounts.seller()
    catalog.run_of_site()
    catalog.takeover()
    return accounts.advertiser()


def receive(content: bytes, by, name="order.csv") -> OrderImport:
    return importing.receive([content], name=name, by=by, at=NOW)


def test_an_order_in_yen_has_no_cents(book, account_manager):
    rows = [("Run of site 300x250", "2026-12-07", "2026-12-20", 333_333, "1234", "411333"), ("Run of site 300x250", "2026-12-07", "2026-12-20", 500_001, "1235", "617501")]
    received = receive(sheet(rows, currency="JPY", gross="1028834", commission="10", net="925951"), account_manager)
    state = checking.state(received)
    assert [line.amount for line in state.planned] == [Decimal(411_333), Decimal(617_501)]
    assert (state.gross, state.net) == (Decimal(1_028_834), Decimal(925_951))
    assert [str(one) for one in state.problems if one.blocks] == []


def test_a_clean_order_is_matched_and_becomes_a_draft_with_the_documents_sums(book, account_manager):
    received = receive(sheet(), account_manager)
    state = checking.state(received)
    assert state.open == ()
    order = importing.commit(received, by=account_manager, at=NOW)
    assert (order.advertiser, order.external_number, order.name) == (book, "PM-88213", "Winter Getaways")
    assert (order.gross, order.net) == (Decimal("30000.00"), Decimal("25500.00"))
    assert [(line.product.code, line.quantity, line.amount) for line in order.lines.all()] == [
        ("run-of-site", 500_000, Decimal("6000.00")), ("takeover", 1, Decimal("24000.00")),
    ]  # fmt: skip
    assert (received.status, received.order) == ("imported", order)


def test_the_same_document_twice_makes_no_second_order(book, account_manager):
    first = receive(sheet(), account_manager)
    assert receive(sheet(), account_manager, "copy of order.csv") == first
    order = importing.commit(first, by=account_manager, at=NOW)
    with pytest.raises(AlreadyImported, match=order.number):
        receive(sheet(), account_manager)
    assert (OrderImport.objects.count(), Order.objects.count()) == (1, 1)


def test_an_unreadable_document_is_refused_with_place_and_remedy_and_nothing_is_stored(book, account_manager):
    with pytest.raises(Invalid) as refused:
        receive(b"PK\x03\x04 not a workbook at all", account_manager, "order.xlsx")
    assert (refused.value.place, bool(refused.value.remedy)) == ("order.xlsx", True)
    assert (OrderImport.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_a_huge_upload_stops_at_the_limit(book, account_manager, settings):
    settings.MAKEGOOD_MAX_UPLOAD = 10_000_000
    with pytest.raises(Invalid, match="larger than 10 MB"):
        importing.receive((b"x" * 1_000_000 for _ in range(1000)), name="big.csv", by=account_manager, at=NOW)
    assert StoredFile.objects.count() == 0


def test_a_sum_that_does_not_come_out_waits_for_a_person(book, account_manager):
    wrong = [(*LINES[0][:4], "13.00", "6000.00"), LINES[1]]
    received = receive(sheet(wrong), account_manager)
    assert [(one.problem.code, one.place) for one in checking.state(received).problems if one.blocks] == [("line_amount", "line:1:rate")]
    with pytest.raises(Unfinished):
        importing.commit(received, by=account_manager, at=NOW)
    assert (Order.objects.count(), Line.objects.count(), Flight.objects.count()) == (0, 0, 0)
    correcting.fix(received, "line:1:rate", "12.00", by=account_manager, at=NOW)
    order = importing.commit(received, by=account_manager, at=NOW)
    assert order.gross == Decimal("30000.00")


def test_an_accepted_problem_opens_again_when_its_figures_change(book, account_manager):
    received = receive(sheet(gross="31000.00"), account_manager)
    total = next(one for one in checking.state(received).problems if one.problem.code == "total")
    correcting.accept(received, total.key, by=account_manager, at=NOW)
    assert checking.state(received).open == ()
    correcting.fix(received, "line:1:amount", "6500.00", by=account_manager, at=NOW)
    assert "total" in {one.problem.code for one in checking.state(received).problems if one.blocks}


def test_an_impossible_date_is_fixed_where_it_stands(book, account_manager):
    received = receive(sheet([(LINES[0][0], "2026-12-07", "2026-11-31", *LINES[0][3:])]), account_manager)
    found = [one for one in checking.state(received).problems if one.blocks]
    assert {one.place for one in found} == {"line:1:end"}
    with pytest.raises(Invalid, match="not a date"):
        correcting.fix(received, "line:1:end", "20 Dec", by=account_manager, at=NOW)
    correcting.fix(received, "line:1:end", "2026-12-20", by=account_manager, at=NOW)
    order = importing.commit(received, by=account_manager, at=NOW)
    assert order.lines.get().end == datetime.date(2026, 12, 20)


def test_a_similar_advertiser_is_offered_and_never_taken(book, account_manager):
    received = receive(sheet(advertiser="Oatfeild Food Group"), account_manager)
    assert received.advertiser is None
    assert checking.match_party(received, "advertiser").candidates[0][0] == book
    with pytest.raises(Unfinished, match="no known account"):
        importing.commit(received, by=account_manager, at=NOW)
    matching.choose_party(received, "advertiser", book, by=account_manager, at=NOW)
    assert Alias.objects.get().account == book
    assert importing.commit(received, by=account_manager, at=NOW).advertiser == book
    again = receive(sheet(advertiser="Oatfeild Food Group", number="PM-2"), account_manager)
    assert again.advertiser == book


def test_an_unknown_line_wants_a_product_and_its_wording_is_learnt(book, account_manager):
    rows = [("Zeppelin banner over the harbour", *LINES[0][1:])]
    received = receive(sheet(rows), account_manager)
    assert received.products == {}
    with pytest.raises(Unfinished, match="has no product"):
        importing.commit(received, by=account_manager, at=NOW)
    product = catalog.run_of_site()
    matching.choose_product(received, 1, product, by=account_manager, at=NOW)
    product.refresh_from_db()
    assert product.aliases == ["Zeppelin banner over the harbour"]
    assert importing.commit(received, by=account_manager, at=NOW).lines.get().product == product


def test_bad_data_in_the_last_line_leaves_nothing_behind(book, account_manager):
    rows = [LINES[0], ("Run of site 300x250", "2026-12-07", "2026-12-20", 9 * 10**18 * 10, "12.00", "1080000000000000000.00")]
    received = receive(sheet(rows), account_manager)
    with pytest.raises(Exception):  # noqa: B017 - whichever wall it meets first, nothing may stay
        importing.commit(received, by=account_manager, at=NOW)
    received.refresh_from_db()
    assert (Order.objects.count(), Line.objects.count(), received.status) == (0, 0, "read")


def test_undo_cancels_the_draft_and_opens_the_document_again(book, account_manager):
    received = receive(sheet(), account_manager)
    order = importing.commit(received, by=account_manager, at=NOW)
    importing.undo(received, by=account_manager, at=NOW)
    order.refresh_from_db()
    assert (order.status, received.status, received.order) == ("cancelled", "read", None)
    second = importing.commit(received, by=account_manager, at=NOW)
    assert second.gross == Decimal("30000.00")
    approval.submit(second, by=account_manager, at=NOW)
    with pytest.raises(Refused, match="Withdraw"):
        importing.undo(received, by=account_manager, at=NOW)


def test_defaults_take_one_line_a_new_account_and_the_generic_product(book, account_manager):
    generic.ensure(by=None, at=NOW)
    rows = [("Unheard-of thing", *LINES[0][1:4], "13.00", "6000.00")]
    received = receive(sheet(rows, advertiser="Kestrel Outdoor"), account_manager)
    correcting.accept_defaults(received, by=account_manager, at=NOW)
    order = importing.commit(received, by=account_manager, at=NOW)
    assert (order.advertiser.party.name, order.gross) == ("Kestrel Outdoor", Decimal("6000.00"))
    assert [(line.product.code, line.amount, line.rate_type) for line in order.lines.all()] == [("any-media", Decimal("6000.00"), "flat")]


def test_another_document_of_the_same_number_is_not_a_second_order_unless_accepted(book, account_manager):
    first = importing.commit(receive(sheet(), account_manager), by=account_manager, at=NOW)
    revised = receive(sheet([LINES[0]]), account_manager, "revised.csv")
    with pytest.raises(Unfinished, match=first.number):
        importing.commit(revised, by=account_manager, at=NOW)


def test_a_client_imports_nothing(book):
    from tests import personas

    with pytest.raises(NotAllowed):
        receive(sheet(), personas.client_of(book.party, "Lena Ortiz"))


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.integers(1000, 5_000_000), st.integers(100, 6000)), min_size=1, max_size=6),
    st.sampled_from(["0", "10", "15", "12.5"]),
)
def test_whatever_the_lines_the_order_equals_the_document(book, account_manager, figures, commission):
    rows = []
    for number, (quantity, cents) in enumerate(figures):
        rate = Decimal(cents) / 100
        amount = (rate * quantity / 1000).quantize(Decimal("0.01"))
        rows.append((f"Run of site 300x250 pos {number}", "2026-12-07", "2026-12-20", quantity, str(rate), str(amount)))
    number = f"N-{sum(quantity * cents for quantity, cents in figures)}-{commission.replace('.', '')}"
    received = receive(sheet(rows, commission=commission, number=number), account_manager)
    if received.status == "imported":
        return
    for line in checking.state(received).planned:
        if str(line.number) not in received.products:
            matching.choose_product(received, line.number, catalog.run_of_site(), by=account_manager, at=NOW, learn=False)
    order = importing.commit(received, by=account_manager, at=NOW)
    said = checking.state(received).fields
    assert order.gross == sum(line.amount for line in order.lines.all()) == said["gross_amount"].value
    assert abs(order.net - said["net_amount"].value) <= Decimal("0.02")
    assert Account.objects.count() == 1

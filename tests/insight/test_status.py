"""The leadership status: figures by hand from a small book, each row leading to its record."""

import datetime
from decimal import Decimal

import pytest

from makegood.accounts.actions import contracts
from makegood.catalog.models import Property
from makegood.core.errors import NotAllowed
from makegood.documents.written import leadership as written
from makegood.insight import status
from makegood.insight.models import Goal
from makegood.insight.status import money
from makegood.work.actions import cases, tasks
from tests.factories import billing, pacing
from tests.factories.accounts import NOW

D = Decimal


@pytest.fixture
def book(reviewer, finance, campaign_manager):
    """One line 28 days long, short by half; one overdue invoice; an overdue case and task; a contract begun."""
    line = pacing.line()
    pacing.set_up(line, reviewer)
    pacing.delivered(line, dict.fromkeys(range(21), 5_000))
    pacing.computed(line)
    invoice = billing.issued(billing.ran(), finance, at=datetime.datetime(2026, 7, 1, 12, tzinfo=datetime.UTC))
    then = NOW - datetime.timedelta(days=3)
    cases.open(invoice, kind="billing", title="Counts differ", owner=finance, by=None, at=then, amount=D("300"), currency="USD")
    tasks.open(line.order, "tag", title="Tag is missing", due_at=then, by=None, at=then, owner=campaign_manager, amount=D("900"), currency="USD")
    deal = contracts.create(line.order.advertiser, "Master 2027", start=NOW.date(), end=NOW.date() + datetime.timedelta(days=60), commitment=D("640000"), by=None, at=NOW)
    contracts.activate(deal, by=None, at=NOW)
    Goal.objects.create(property=Property.objects.get(), month=datetime.date(2026, 11, 1), amount=5_000)
    return line


def test_the_whole_page_by_hand(book, leadership, finance, campaign_manager):
    seen = status.compose(leadership, at=NOW)
    doc = seen.document
    whole, news = doc.revenue
    assert (whole.goal, whole.amounts, news.name) == (D(5000), (D("1260.00"), D("2100.00"), D(0), D(0)), "Northlight News")
    assert doc.headline == "Fourth quarter: $3.4K of $5.0K in sight"
    assert doc.subtitle == "Northlight Media, 5 weeks to go. Of the gap of $1.6K, 100 % is Northlight News; weighted pipeline is already counted."
    assert [(row.client, row.owner, row.state) for row in doc.at_risk] == [("Oatfield Foods", book.order.campaign_manager.name, "risk")]
    assert (doc.at_risk_total, seen.risk_lines) == (doc.at_risk[0].at_risk, (book.pk,))
    assert [(block.row.title, block.row.owner, block.subject_type) for block in seen.blocks] == [
        ("Tag is missing", campaign_manager.name, "orders.order"), ("Counts differ", finance.name, "work.case"),
    ]  # fmt: skip
    assert seen.blocks[0].row.detail == "MG-00001 Autumn Breakfast. $900 held back, 3 days late"
    assert [win.title for win in doc.wins] == ["Oatfield Foods signed for 2027"]
    stats = {stat.label: (stat.figure, stat.against) for stat in doc.stats}
    assert stats["Recognised"] == ("$1,260", "25 % of goal")
    assert stats["Overdue receivables"] == ("$1,224", "$1,224 over 60 days")  # 120,000 at $12 less 15 %
    assert stats["Renewal in 90 days"] == ("$640,000", "1 contract")
    assert doc.short[0].amount == D("1640.00")
    assert written.pdf(doc)[:4] == b"%PDF"
    assert written.pptx(doc)[:2] == b"PK"


def test_an_empty_book_still_has_a_page(db, leadership):
    pacing.orders.accounts.seller()
    doc = status.compose(leadership, "year", at=NOW).document
    assert (doc.headline, doc.at_risk, doc.roadblocks, doc.wins) == ("Year 2026: $0.0K in sight", (), (), ())
    assert written.pdf(doc)[:4] == b"%PDF"


def test_spans():
    day = datetime.date(2026, 11, 23)
    assert [(one.name, one.start, one.end) for one in (money.span("quarter", day), money.span("year", day))] == [
        ("Fourth quarter", datetime.date(2026, 10, 1), datetime.date(2026, 12, 31)), ("Year 2026", datetime.date(2026, 1, 1), datetime.date(2026, 12, 31)),
    ]  # fmt: skip


def test_kept_promises_are_wins_and_count(book, leadership, reviewer):
    """A line that ended yesterday with its promise met."""
    from makegood.delivery.models import Pace

    Pace.objects.filter(line=book).update(delivered=280_000)
    type(book).objects.filter(pk=book.pk).update(end=NOW.date() - datetime.timedelta(days=1))
    doc = status.compose(leadership, at=NOW).document
    assert doc.wins[-1].title == "Oatfield Foods: promise kept"
    assert {stat.label: stat.figure for stat in doc.stats}["Delivered of promised"] == "100.0 %"
    assert doc.at_risk == ()


def test_cases_resolved_in_time_are_a_win_and_one_late_is_none(book, leadership, finance):
    def titles():
        return [win.title for win in status.compose(leadership, at=NOW).document.wins]

    case = cases.open(book.order, kind="issue", title="Wrong colour", owner=finance, by=None, at=NOW - datetime.timedelta(hours=30))
    cases.resolve(case, cause="creative", resolution="Replaced", by=None, at=NOW - datetime.timedelta(hours=20))
    assert "Every case resolved in time" in titles()
    late = cases.open(book.order, kind="issue", title="Late", owner=finance, by=None, at=NOW - datetime.timedelta(days=5))
    cases.resolve(late, cause="ours", resolution="Done", by=None, at=NOW - datetime.timedelta(hours=1))
    assert "Every case resolved in time" not in titles()


def test_it_is_for_those_who_lead(book, trafficker):
    with pytest.raises(NotAllowed):
        status.compose(trafficker, at=NOW)

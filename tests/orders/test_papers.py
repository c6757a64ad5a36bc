"""A revision's paper: frozen with its clauses and names, the same bytes for ever; compared with another; its months and its language."""

import datetime
from decimal import Decimal

import pytest
from django.db import ProgrammingError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from makegood.accounts.actions import contracts
from makegood.catalog.actions import clauses
from makegood.catalog.models import Clause
from makegood.core import transitions
from makegood.core.errors import Invalid
from makegood.core.models import Party, Seller
from makegood.core.queries import seller
from makegood.documents import papers as written
from makegood.orders import papers, redlining, snapshots
from makegood.orders.actions import approval, drafting, lines, papering, signing
from makegood.orders.models import CancellationTerms, IssuedFile, Revision, RevisionPaper
from tests.documents.written import reading
from tests.factories import accounts, catalog, orders
from tests.factories import papers as make
from tests.factories.accounts import NOW

pytestmark = pytest.mark.django_db


def revised(order, **terms):
    """The order after another submission."""
    drafting.edit(order, by=None, at=NOW, **terms)
    order.refresh_from_db()
    return approval.submit(order, by=None, at=NOW)


def new_clause(key: str, text: str, *, business: str = "") -> None:
    clause = Clause.objects.filter(key=key, language="en", business=business).first()
    if clause is None:
        clause = clauses.create(key, code="en", business=business, position=20, title=key.title(), text=text, by=None, at=NOW).clause
    else:
        clauses.draft(clause, title=key.title(), text=text, by=None, at=NOW)
    clauses.publish(clause, starts_on=NOW.date(), note="new", by=None, at=NOW)


def test_the_same_revision_gives_the_same_bytes_after_everything_around_it_changed():
    order = make.approved()
    revision = order.revisions.get()
    before = written.pdf(papers.frozen(revision)), written.word(papers.frozen(revision))
    assert IssuedFile.objects.get().file.path.read_bytes() == before[0]
    Party.objects.filter(pk=order.advertiser_id).update(name="Renamed Foods")
    Seller.objects.update(name="Another House", bank="IBAN: other")
    new_clause("cancellation", "Never.")
    fresh = type(revision).objects.get(pk=revision.pk)
    assert (written.pdf(papers.frozen(fresh)), written.word(papers.frozen(fresh))) == before
    now = reading.words(written.pdf(papers.document(fresh.order, seller(), number=2, at=NOW)))
    assert "Never." in now and "Renamed Foods" in now  # control: the paper as it stands now does differ


def test_a_kept_paper_is_never_edited():
    paper = RevisionPaper.objects.get(revision__order=make.approved())
    assert len(paper.clauses) == 8 and {one["key"] for one in paper.content["clauses"]} >= {"cancellation", "makegood", "validity"}
    with pytest.raises(ProgrammingError), transaction.atomic():
        RevisionPaper.objects.update(content={})


def test_a_revision_frozen_before_papers_were_kept_is_still_signed_and_sealed(account_manager):
    order = orders.drafted()
    snapshot = snapshots.of(order)
    revision = Revision.objects.create(order=order, number=1, snapshot=snapshot, sha256=snapshots.sha256(snapshot), at=NOW)
    transitions.move(order, "approved", by=None, at=NOW)
    signing.sign(order, "client", "Lena Ortiz", by=account_manager, at=NOW, on_paper="a scan by mail")
    signing.sign(order, "seller", "Dana Whitfield", by=account_manager, at=NOW)
    assert (order.status, revision.issued.get().kind) == ("signed", "sealed")


def test_a_clause_for_the_line_of_business_takes_the_general_ones_place():
    clauses.adopt("en", by=None, at=NOW)
    order = orders.drafted()
    medium = order.lines.get().product.property.medium
    new_clause("cancellation", "For this business only.", business=medium)
    new_clause("makegood", "For another business.", business="audio" if medium != "audio" else "news")
    told = {one.clause.key: one.text for one in papers.in_force(order, kind="order", on=NOW.date())}
    assert told["cancellation"] == "For this business only." and told["makegood"] != "For another business."
    assert "proposal" not in told and "proposal" in {one.clause.key for one in papers.in_force(order, kind="proposal", on=NOW.date())}


def test_clauses_hold_from_their_day_and_not_after_they_are_retired():
    clauses.adopt("en", by=None, at=NOW)
    order, day = orders.drafted(), datetime.timedelta(days=1)
    clause = Clause.objects.get(key="cancellation", language="en")
    clauses.draft(clause, title="Cancellation", text="Later.", by=None, at=NOW)
    clauses.publish(clause, starts_on=NOW.date() + 3 * day, note="later", by=None, at=NOW)
    clauses.retire(clause, on=NOW.date() + 9 * day, by=None, at=NOW, why="no more")

    def words(days: int) -> str | None:
        return next((one.text for one in papers.in_force(order, kind="order", on=NOW.date() + days * day) if one.clause == clause), None)

    assert (words(2)[:6], words(3), words(8), words(9)) == ("Either", "Later.", "Later.", None)


def test_blanks_are_filled_from_the_order_and_its_contract():
    order = make.approved()
    assert "30 days" in next(one["text"] for one in order.revisions.get().paper.content["clauses"] if one["key"] == "cancellation")
    contract = contracts.create(order.advertiser, "Year", start=NOW.date(), end=NOW.date() + datetime.timedelta(days=365), commitment=Decimal(1), by=None, at=NOW)
    CancellationTerms.objects.create(contract=contract, notice_days=21, other_notice_days=5, fee_pct=Decimal("12.5"))
    revised(order, contract=contract, payment_days=45)
    told = {one["key"]: one["text"] for one in order.revisions.get(number=2).paper.content["clauses"]}
    assert all(words in told["cancellation"] for words in ("21 days", "5 days", "12.5 per cent")) and "due 45 days" in told["billing"]


def test_a_clause_that_cannot_be_filled_stops_the_paper_naming_it():
    clauses.adopt("en", by=None, at=NOW)
    new_clause("until", "Until {{ valid_until }}.")
    order = orders.drafted()
    with pytest.raises(Invalid, match="valid_until") as wrong:
        approval.submit(order, by=None, at=NOW)
    assert "until, English" in wrong.value.place
    assert order.revisions.count() == 0


def test_papers_in_german():
    clauses.adopt("de", by=None, at=NOW)
    order = orders.drafted()
    papering.choose_language(order, "de", by=None, at=NOW)
    approval.submit(order, by=None, at=NOW)
    words = reading.words(IssuedFile.objects.get().file.path.read_bytes())
    for told in ("Insertionsauftrag", "Stornierung", "7. Dez. bis 20. Dez. 2026", "unsere Zählung"):
        assert told in words


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.tuples(st.integers(0, 80), st.integers(1, 90), st.integers(1, 900_000)), min_size=1, max_size=5), st.sampled_from(["calendar", "broadcast"]))
def test_months_sum_to_the_gross_whatever_is_sold(spans, calendar):
    with transaction.atomic():
        order, product = orders.order(f"Any {calendar}", bill_calendar=calendar), catalog.run_of_site()
        for first, days, units in spans:
            start = orders.START + datetime.timedelta(days=first)
            lines.add(order, product, quantity=units, start=start, end=start + datetime.timedelta(days=days - 1), by=None, at=NOW)
        order.refresh_from_db()
        doc = papers.document(order, seller(), number=1, at=NOW)
        assert sum(month.amount for month in doc.months) == order.gross
        assert all(one.ends_on < two.starts_on for one, two in zip(doc.months, doc.months[1:], strict=False))
        transaction.set_rollback(True)


def test_a_redline_says_what_was_added_cut_and_changed_and_its_deltas_add_up():
    order = make.approved()
    product, first = catalog.run_of_site(), order.lines.get()
    orders.line(order, product, quantity=200_000, name="Added")
    order.refresh_from_db()
    lines.remove(first, by=None, at=NOW)
    new_clause("cancellation", "Never.")
    order.refresh_from_db()
    revised(order, payment_days=45)
    one, two = order.revisions.order_by("number")
    found = redlining.redline(one, two, seller())
    assert [(line.how, line.number) for line in found.lines] == [("cut", first.number), ("added", 2)]
    assert sum(line.delta for line in found.lines) == found.gross_delta == two.order.gross - Decimal(one.snapshot["gross"])
    assert [(edit.what, edit.before, edit.after) for edit in found.terms] == [("Days to pay", "30", "45")]
    assert {edit.what for edit in found.clauses} == {"Cancellation", "Invoices and payment"}
    assert redlining.pdf(one, two, seller()) == redlining.pdf(one, two, seller())


def test_the_client_signs_on_paper_and_it_is_sealed_all_the_same(account_manager):
    order = make.approved()
    signing.sign(order, "client", "Lena Ortiz", by=account_manager, at=NOW, on_paper="a scan by mail")
    signing.sign(order, "seller", "Dana Whitfield", by=account_manager, at=NOW)
    assert IssuedFile.objects.filter(kind="sealed").count() == 1


def test_the_sellers_own_details_are_needed_only_as_they_are():
    accounts.seller(bank="", address="")
    assert IssuedFile.objects.filter(revision__order=make.approved(), kind="sent").exists()

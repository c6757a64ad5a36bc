"""A client's terms against our paper: what is the same, reworded, of another figure, missing, added; and that nothing slips through."""

import pathlib
import random
import tomllib
from decimal import Decimal

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from makegood.documents import papers as papers_of
from makegood.documents import terms
from makegood.documents.orders.messages import UnreadableDocument
from makegood.documents.papers import standard
from makegood.documents.terms import figures
from makegood.documents.terms.matching import STOP
from tests.documents.orders import papers

POLICY = terms.standard()
OURS = tuple(
    terms.Clause(one["code"], one["title"], " ".join(one["text"].split()))
    for one in tomllib.loads(pathlib.Path(__file__).with_name("paper.toml").read_text())["clause"]
)
THEIRS = """INSERTION ORDER TERMS
1. Billing. Media Company will invoice monthly. Invoices are payable within sixty (60) days of the date of receipt of the
invoice. Amounts not paid when due bear no interest.
2. Agency Payment Liability. Agency shall be liable for payment solely to the extent proceeds have cleared to Agency from Advertiser.
3. Cancellation
3.1 The client may cancel guaranteed lines with 7 days written notice. What was delivered until then is paid.
3.2 There is no fee for any cancellation.
4. Make-Goods. Where fewer impressions are delivered than were guaranteed, the seller offers a make-good of comparable inventory
within 90 days of the end of the flight. If the client accepts none, the price is reduced in proportion. No refund is paid in cash.
5. LIMITATION OF LIABILITY
Neither party is liable for indirect or consequential damages. The liability of the seller is limited to three (3) times the
amount payable under the order.
6. Most Favored Nation: Media Company warrants that the rates are no less favorable than the rates of any other client.
Page 2 of 3
9. Force Majeure. Neither party is liable for delay caused by events beyond its reasonable control. If such an event lasts more
than ten days, either party may end the order without a fee.
"""


def paper(clauses=OURS) -> str:
    """Our paper as a client would send it back."""
    return "\n\n".join(f"{number}. {one.title}\n{one.text}" for number, one in enumerate(clauses, 1))


def compared(text: str) -> dict[str, terms.Compared]:
    return {one.code or one.title: one for one in terms.compare(OURS, terms.split(text), POLICY).clauses}


def test_our_own_paper_differs_in_nothing():
    found = terms.compare(OURS, terms.split(paper()), POLICY)
    assert ([one.status for one in found.clauses], found.points, found.figures) == (["same"] * len(OURS), 0, ())


def test_the_policy_weighs_the_clauses_of_the_shipped_paper_and_reads_their_figures():
    blanks = {name: "14" if name.endswith(("days", "pct")) else name for name in papers_of.PLACEHOLDERS}
    shipped = [terms.Clause(one.key, one.title, papers_of.filled(one.text, blanks)) for one in standard.clauses("en") if "order" in one.papers]
    assert {"billing", "cancellation", "makegood", "measurement", "creative", "confidentiality"} <= {one.code for one in shipped} & POLICY.weights.keys()
    theirs = paper(shipped).replace("due 14 days after", "due 90 days after").replace("notice of 14 days", "notice of 2 days")
    found = {one.code: one for one in terms.compare(shipped, terms.split(theirs), POLICY).clauses if one.status != "same"}
    assert {code: [(one.code, one.ours, one.theirs) for one in each.figures] for code, each in found.items()} == {
        "billing": [("payment_days", 14, 90)], "cancellation": [("cancellation_days", 14, 2)]}  # fmt: skip


def test_each_kind_of_difference_is_found_with_its_figures_and_place():
    found = compared(THEIRS)
    kinds = {code: one.status for code, one in found.items()}
    assert kinds == {
        "billing": "figure", "sequential_liability": "reworded", "cancellation": "figure", "makegood": "figure", "measurement": "missing",
        "liability": "figure", "indemnity": "missing", "creative": "missing", "audit": "missing", "exclusivity": "missing",
        "confidentiality": "missing", "data": "missing", "force_majeure": "same", "law": "missing", "most_favoured": "added",
    }  # fmt: skip
    days = next(one for one in found["billing"].figures if one.code == "payment_days")
    assert (days.ours, days.theirs, days.worse, found["billing"].where) == (Decimal(30), Decimal(60), True, ("1 Billing",))
    assert found["cancellation"].where == ("3.1 Cancellation", "3.2 Cancellation")
    assert "credit risk" in found["sequential_liability"].says
    better = found["makegood"].figures[0]
    assert (better.theirs, better.worse, found["makegood"].points) == (Decimal(90), False, POLICY.of("makegood").reworded)
    assert found["most_favoured"].points == 9


def test_a_no_left_out_weighs_more_than_a_word():
    turned = compared(paper().replace("does not", "does").replace("is not released", "is released"))["sequential_liability"]
    assert (turned.status, turned.points, "“not”" in turned.says) == ("reworded", POLICY.of("sequential_liability").turned, True)


@pytest.mark.parametrize("text, value", [
    ("within thirty (30) days", 30), ("within 30 days", 30), ("net 45", 45), ("within two weeks", 14), ("forty-five calendar days", 45),
    ("in 2 months", 60), ("within ninety days", 90),
])  # fmt: skip
def test_days_are_read_however_they_are_written(text, value):
    assert [one.value for one in figures.quantities(f"Payable {text} of the invoice.") if one.unit == "days"] == [value]


def test_the_figure_is_the_one_beside_its_words():
    spec = next(one for one in POLICY.figures if one.code == "cancellation_days")
    assert figures.find(spec, "Exclusive lines bind within 30 days of the start; others end with 14 days written notice.") == 14
    assert figures.find(spec, "Nothing is cancelled.") is None


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(OURS) - 1), st.integers(0, 10_000))
def test_one_word_changed_anywhere_never_passes_as_ours(which, seed):
    """The guard: whichever word of whichever clause is replaced, the clause is not `same`, and every other clause is."""
    words = OURS[which].text.split()
    at = random.Random(seed).randrange(len(words))
    altered = " ".join([*words[:at], "Xylophone" if words[at][0].isupper() else "xylophone", *words[at + 1 :]])
    text = paper([terms.Clause(one.code, one.title, altered) if one.code == OURS[which].code else one for one in OURS])
    found = compared(text)
    assert {code for code, one in found.items() if one.status != "same"} == {OURS[which].code}


@settings(max_examples=25, deadline=None)
@given(st.permutations(range(len(OURS))), st.sets(st.integers(0, len(OURS) - 1), max_size=5))
def test_order_means_nothing_and_what_is_left_out_is_missing(order, gone):
    kept = [OURS[n] for n in order if n not in gone]
    found = compared(paper(kept) or "nothing")
    assert {code for code, one in found.items() if one.status == "missing"} == {OURS[n].code for n in gone}
    assert all(found[one.code].status == "same" for one in kept)


def test_a_stretch_puts_both_texts_together_again():
    one = compared(THEIRS)["billing"]
    theirs = " ".join(stretch.text for stretch in one.stretches if stretch.kind != "ours")
    ours = " ".join(stretch.text for stretch in one.stretches if stretch.kind != "theirs")
    assert theirs.startswith("media company will invoice monthly") and ours.startswith("invoices are sent at the end of each month")


def test_the_same_terms_are_read_from_pdf_word_and_text(tmp_path):
    plain = tmp_path / "terms.txt"
    plain.write_text(THEIRS)
    word = docx.Document()
    for line in THEIRS.splitlines():
        word.add_paragraph(line)
    word.save(str(tmp_path / "terms.docx"))
    body = "\n\n".join(line.replace("(", r"\(") for line in THEIRS.replace("\nwithin", " within").replace("\ninvoice", " invoice").splitlines())
    pdf = papers.pdf(tmp_path / "terms.pdf", body)
    answers = []
    for path in (plain, tmp_path / "terms.docx", pdf):
        found = terms.compare(OURS, terms.split(terms.read(path)), POLICY)
        answers.append({one.code: (one.status, one.points) for one in found.clauses})
    assert answers[1]["billing"] == answers[2]["billing"] == answers[0]["billing"] == ("figure", 3)
    assert {code for code, (status, _) in answers[2].items() if status == "missing"} == {code for code, (status, _) in answers[0].items() if status == "missing"}


@pytest.mark.parametrize("name, content, says", [
    ("scan.png", b"\x89PNG\r\n\x1a\n" + bytes(50), "no document of terms"), ("short.txt", b"Net 30.", "hardly a word"),
    ("order.zip", b"PK\x03\x04" + bytes(60), "damaged"), ("empty.txt", b"", "no document of terms"),
])  # fmt: skip
def test_what_cannot_be_read_is_refused_with_the_remedy(tmp_path, name, content, says):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(UnreadableDocument, match=says):
        terms.read(path)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=400))
def test_any_text_is_split_and_compared_without_an_error(text):
    parts = terms.split(text)
    assert all(part.text for part in parts)
    assert terms.compare(OURS, parts, POLICY).to_json()["version"] == POLICY.version


def test_parties_are_no_words_for_the_matching():
    assert {"client", "seller", "agency"} <= STOP

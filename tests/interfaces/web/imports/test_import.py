"""A document's way in through HTTP: dropped, shown with its places, put right, matched, committed, taken back."""

import datetime
import re
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from makegood.accounts.models import Alias
from makegood.core.models import StoredFile
from makegood.documents.written import sample_orders
from makegood.orders.models import Order, OrderImport
from tests import personas
from tests.documents.orders import nasty
from tests.factories import accounts, catalog

pytestmark = pytest.mark.django_db
START, END = datetime.date(2026, 12, 7), datetime.date(2026, 12, 20)


def text(response) -> str:
    """The page's words without markup."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def sample(lines: int = 1, agency: str = "Parallel Media Grp") -> sample_orders.SampleOrder:
    """An order of run of site, named a little differently from our accounts."""
    sold = tuple(
        sample_orders.SampleLine(
            placement="RON mobile MPU 300x250" if n else "Run of site", starts_on=START, ends_on=END, units=100_000 * (n + 1), rate=Decimal(12),
            amount=Decimal(1200) * (n + 1), size="300x250",
        )
        for n in range(lines)
    )
    return sample_orders.SampleOrder(
        number="PM-88213", revision=1, dated=datetime.date(2026, 11, 16), agency=agency, advertiser="Oatfield Foods", seller="Northlight Media",
        campaign="Winter Getaways", currency="USD", lines=sold, commission_rate=Decimal("0.15"),
    )


def csv(old: str = "", new: str = "", **more) -> SimpleUploadedFile:
    """The order as CSV, with something in it replaced."""
    content = sample_orders.csv_bytes(sample(**more))
    return SimpleUploadedFile("io.csv", content.replace(old.encode(), new.encode()) if old else content)


@pytest.fixture
def ready(db):
    """Accounts and a catalogue that the sample means."""
    accounts.seller()
    advertiser = accounts.advertiser()
    accounts.agency("Parallel Media", advertiser=advertiser)
    return catalog.run_of_site(requests=400_000)


@pytest.fixture
def mine(web, account_manager):
    return web(account_manager)


def test_a_document_is_put_right_matched_committed_and_taken_back(mine, ready):
    dropped = mine.post("/orders/import/", {"document": csv("2026-12-20,100000", "2026-11-31,100000")})
    received = OrderImport.objects.get()
    url = dropped["Location"]
    assert (dropped.status_code, url) == (303, f"/orders/import/{received.pk}/")
    page = text(mine.get(url))
    assert "is not in the calendar" in page
    assert "Agency “Parallel Media Grp”" in page
    refused = mine.post(f"{url}commit/")
    assert refused.status_code == 409
    assert "is no known account" in text(refused)
    assert Order.objects.count() == 0
    assert mine.post(f"{url}fix/", {"place": "line:1:end", "value": "2026-12-20"}).status_code == 303
    agency = received.document["fields"]["agency"]["value"]
    chosen = accounts.Account.objects.get(party__name="Parallel Media")
    mine.post(f"{url}party/", {"role": "agency", "account": chosen.pk})
    assert Alias.objects.filter(account=chosen, name=agency).exists()
    received.refresh_from_db()
    if not received.products:
        mine.post(f"{url}product/", {"line": "1", "product": ready.pk})
    committed = mine.post(f"{url}commit/")
    order = Order.objects.get()
    assert (committed.status_code, committed["Location"]) == (303, f"/orders/{order.pk}/")
    assert (order.gross, order.net) == (Decimal("1200.00"), Decimal("1020.00"))
    again = mine.post("/orders/import/", {"document": csv("2026-12-20,100000", "2026-11-31,100000")})
    assert (again.status_code, f"/orders/{order.pk}/" in again.content.decode()) == (409, True)
    assert mine.post(f"{url}undo/").status_code == 303
    order.refresh_from_db()
    received.refresh_from_db()
    assert (order.status, received.status) == ("cancelled", "read")


def test_places_are_marked_in_the_sheet_and_in_the_grid(mine, ready):
    url = mine.post("/orders/import/", {"document": csv()})["Location"]
    page = mine.get(url).content.decode()
    assert 'data-mg-key="line:1:amount"' in page
    assert 'data-mg-cell="line:1:amount"' in page


def test_a_pdf_page_is_a_picture_for_those_who_import(mine, web, finance, ready):
    document = SimpleUploadedFile("io.pdf", sample_orders.pdf(sample()))
    url = mine.post("/orders/import/", {"document": document})["Location"]
    page = mine.get(url).content.decode()
    assert f"{url}page/1.png" in page
    assert '<g class="box' in page
    picture = mine.get(f"{url}page/1.png")
    assert (picture.status_code, picture["Content-Type"], picture.content[:4]) == (200, "image/png", b"\x89PNG")
    assert mine.get(f"{url}page/9.png").status_code == 404
    assert web(finance).get(f"{url}page/1.png").status_code == 403
    assert web(finance).post(f"{url}commit/").status_code == 403


@pytest.mark.parametrize(
    ("name", "content"), [("cut.xlsx", "cut"), ("notes.bin", b"\x00\x01 hello"), ("empty.csv", b""), ("broken.pdf", b"%PDF-1.7 nothing")]
)
def test_what_cannot_be_read_is_said_with_a_remedy_and_nothing_is_stored(mine, ready, name, content):
    if content == "cut":
        content = sample_orders.xlsx(sample())[:900]
    answer = mine.post("/orders/import/", {"document": SimpleUploadedFile(name, content)})
    assert answer.status_code == 422
    assert f"{name}" in text(answer)
    assert "Nothing was stored" in text(answer)
    assert (OrderImport.objects.count(), StoredFile.objects.count()) == (0, 0)


def test_too_large_a_document_is_refused(mine, ready, settings):
    settings.MAKEGOOD_MAX_UPLOAD = 1000
    answer = mine.post("/orders/import/", {"document": SimpleUploadedFile("big.csv", b"x" * 2000)})
    assert (answer.status_code, "too large" in text(answer)) == (413, True)
    assert StoredFile.objects.count() == 0


def test_defaults_make_it_whole_and_a_wrong_place_is_refused(mine, ready):
    url = mine.post("/orders/import/", {"document": csv(agency="Wholly Unknown Buyers")})["Location"]
    wrong = mine.post(f"{url}fix/", {"place": "line:99:end", "value": "2026-12-20"})
    assert (wrong.status_code, "is no place in this document" in text(wrong)) == (422, True)
    nobody = mine.post(f"{url}party/", {"role": "agency", "account": "999999"})
    assert nobody.status_code == 422
    assert mine.post(f"{url}defaults/").status_code == 303
    assert mine.post(f"{url}commit/").status_code == 303
    assert Order.objects.get().agency.party.name == "Wholly Unknown Buyers"


def test_queries_do_not_grow_with_lines(mine, ready):
    counts = []
    for lines in (1, 3):
        url = mine.post("/orders/import/", {"document": csv(lines=lines, agency=f"Agency {lines}")})["Location"]
        mine.get(url)
        with CaptureQueriesContext(connection) as seen:
            mine.get(url)
        counts.append(len(seen))
    assert counts[0] == counts[1]
    assert counts[1] <= 25


def test_clients_import_nothing(web, ready):
    contact = personas.client_of(accounts.Account.objects.get(party__name="Oatfield Foods").party, "Lena Ortiz")
    assert web(contact).get("/orders/import/").status_code == 302
    assert web(contact).post("/orders/import/", {"document": csv()}).status_code == 403
    assert OrderImport.objects.count() == 0


def test_every_sheet_of_a_workbook_can_be_looked_at_and_every_value_says_why(mine, ready, tmp_path):
    path = nasty.write(tmp_path / "plan.xlsx", nasty.summary_and_details())
    url = mine.post("/orders/import/", {"document": SimpleUploadedFile("plan.xlsx", path.read_bytes())})["Location"]
    first, second = mine.get(url).content.decode(), mine.get(f"{url}?page=2").content.decode()
    assert re.findall(r'href="\?page=(\d)"[^>]*>(\w+)<', first) == [("1", "Summary"), ("2", "Display"), ("3", "Video")]
    assert (">Channel<" in first, ">Channel<" in second, second.count("Sport")) == (True, False, first.count("Sport") + 1)
    assert "At “Total”" in text(mine.get(url)) and "the lines sum to it" in first
    assert mine.get(f"{url}?page=99").status_code == 200

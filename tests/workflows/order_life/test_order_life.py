"""One digital order from document to paid invoice: files open, figures agree, nobody does two people's work."""

import datetime
import json
import pathlib

import pytest
from django.db.models import Sum

from makegood.billing.models import Invoice, Posting
from makegood.core.errors import Refused
from makegood.core.models import Activity
from makegood.delivery.models import Fact, Filtered
from makegood.documents.written import sample_orders
from makegood.orders.errors import AlreadyImported
from makegood.orders.models import Order, OrderImport
from makegood.trafficking.models import Assignment, QaRun
from makegood.workflows import order_life
from makegood.workflows.demo import loading, samples

NOW = datetime.datetime(2026, 11, 23, 15, tzinfo=datetime.UTC)
TODAY = NOW.date()
pytestmark = pytest.mark.django_db


@pytest.fixture
def document(tmp_path: pathlib.Path) -> pathlib.Path:
    """A small workbook for a flight of six days that is over."""
    whole = samples.digital(TODAY)
    first, last = TODAY - datetime.timedelta(10), TODAY - datetime.timedelta(5)
    lines = (samples.line("RON half page 300x600", first, last, 60_000, "16.00", "300x600"),)
    small = sample_orders.SampleOrder(**{field: getattr(whole, field) for field in whole.__dataclass_fields__} | {"lines": lines})
    path = tmp_path / "IO.xlsx"
    path.write_bytes(sample_orders.xlsx(small))
    return path


def test_the_whole_life(document: pathlib.Path, tmp_path: pathlib.Path) -> None:
    loading.load(seed=1, now=NOW, password="makegood-demo", size=loading.STANDING)
    told: list[str] = []
    life = order_life.run(
        document, out=tmp_path / "out", now=NOW, accept_defaults=True, requests=60, told=lambda stage, figure, _: told.append(stage.name) if figure else None
    )
    assert told == [stage.name for stage in order_life.STAGES]
    order = Order.objects.get(pk=life.order.pk)
    assert (order.status, order.external_number, str(order.gross)) == ("closed", "CN-20931", "960.00")
    facts = Fact.objects.filter(flight__line__order=order).aggregate(net=Sum("net"), gross=Sum("gross"))
    filtered = Filtered.objects.filter(flight__line__order=order).aggregate(count=Sum("count"))["count"]
    assert facts["gross"] == facts["net"] + filtered
    assert 0.97 < facts["net"] / 60_000 < 1.03
    summary = json.loads((tmp_path / "out" / "summary.json").read_text())
    invoices = list(Invoice.objects.filter(order=order))
    assert summary["figures"]["net_impressions"] == summary["report"]["delivered"] == facts["net"]
    assert summary["figures"]["billed_net_amount"] == str(sum(one.net for one in invoices)) == summary["report"]["billed_net"]
    assert {one.status for one in invoices} == {"paid"}
    assert Posting.objects.aggregate(sum=Sum("amount"))["sum"] == 0
    heads = {name.rsplit(".", 1)[1]: (tmp_path / "out" / name).read_bytes()[:4] for name in summary["files"].values()}
    assert heads == {"xlsx": b"PK\x03\x04", "pdf": b"%PDF", "pptx": b"PK\x03\x04"}
    assigned = set(Assignment.objects.filter(flight__line__order=order).values_list("by", flat=True))
    assert assigned == {life.crew.trafficker.pk}
    assert QaRun.objects.get(order=order).by == life.crew.campaign_manager
    with pytest.raises(AlreadyImported):
        order_life.run(document, out=tmp_path / "again", now=NOW, accept_defaults=True)


def test_a_broken_document_changes_nothing(document: pathlib.Path, tmp_path: pathlib.Path) -> None:
    loading.load(seed=1, now=NOW, password="makegood-demo", size=loading.STANDING)
    before = Activity.objects.count()
    document.write_bytes(document.read_bytes()[:900])
    with pytest.raises(Refused) as refused:
        order_life.run(document, out=tmp_path / "out", now=NOW, accept_defaults=True)
    assert refused.value.place.startswith("IO.xlsx")
    assert refused.value.remedy
    assert (Activity.objects.count(), OrderImport.objects.count(), Order.objects.count()) == (before, 0, 0)
    assert not (tmp_path / "out").exists()

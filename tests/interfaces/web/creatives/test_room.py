"""The creative room as its people see it: previews elsewhere, decisions bound, rivals shut out, queries constant."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from makegood.creatives.models import Creative, Decision, Version
from tests.factories import creatives as make
from tests.personas import client_of


@pytest.fixture
def bank(db):
    return make.advertiser()


def queries(client, url):
    client.get(url)
    with CaptureQueriesContext(connection) as seen:
        response = client.get(url)
    assert response.status_code == 200
    return len(seen), response.content.decode()


def test_the_room_shows_the_file_from_the_other_origin_only(bank, reviewer, web, settings):
    version = make.received(bank)
    _, page = queries(web(reviewer), f"/creatives/{version.creative_id}/")
    shown, = re.findall(r'<img src="([^"]+)"', page)
    assert re.fullmatch(rf"{settings.ADSERVER_URL}/preview/[^/]+/creative\.png", shown)
    assert (f"{version.sha256[:4]}…{version.sha256[-4:]}" in page, "Send decision" in page) == (True, True)


def test_queries_do_not_grow_with_the_campaign(bank, reviewer, web):
    root = ("orders.order", 77)
    first = make.received(bank, root=root)
    one, _ = queries(web(reviewer), f"/creatives/{first.creative_id}/")
    for seed in (1, 2):
        make.received(bank, name=f"Other {seed}", seed=seed, root=root)
    three, page = queries(web(reviewer), f"/creatives/{first.creative_id}/")
    assert (three, page.count('class="mg-preview-ad')) == (one, 3)
    assert one <= 25


def test_the_list_has_a_constant_number_of_queries(bank, reviewer, web):
    make.received(bank)
    one, _ = queries(web(reviewer), "/creatives/")
    for seed in (1, 2):
        make.received(bank, name=f"Other {seed}", seed=seed)
    three, page = queries(web(reviewer), "/creatives/")
    assert (three, page.count("data-row=")) == (one, 3)


@pytest.mark.parametrize("path", ["", "compare/", "upload/"])
def test_clients_have_no_creative_room(bank, web, path):
    version = make.received(bank)
    for contact in (client_of(bank.party, "Own Client"), client_of(make.advertiser("Harrow Mutual").party, "Rival Client")):
        seen = web(contact).get(f"/creatives/{version.creative_id}/{path}")
        assert (seen.status_code, seen["Location"], version.creative.name.encode() in seen.content) == (302, "/portal/", False)
        assert web(contact).post(f"/creatives/versions/{version.pk}/decide/", {"outcome": "approve"}).status_code == 403
    assert Decision.objects.count() == 0


def test_what_is_not_there_is_not_there(web, reviewer):
    assert web(reviewer).get("/creatives/999/").status_code == 404


def test_a_decision_is_sent_and_stands(bank, reviewer, web):
    version = make.received(bank)
    sent = web(reviewer).post(f"/creatives/versions/{version.pk}/decide/", {"outcome": "changes", "reason": "Raise the terms."})
    version.refresh_from_db()
    assert (sent.status_code, sent["Location"], version.status) == (303, f"/creatives/{version.creative_id}/", "rejected")
    assert Decision.objects.get().reason == "Raise the terms."


def test_who_may_not_decide_is_told_who_may(bank, trafficker, reviewer, web):
    version = make.received(bank, by=reviewer)
    page = web(trafficker).post(f"/creatives/versions/{version.pk}/decide/", {"outcome": "approve"})
    own = web(reviewer).post(f"/creatives/versions/{version.pk}/decide/", {"outcome": "approve"})
    assert (page.status_code, own.status_code, Decision.objects.count()) == (403, 403, 0)
    assert "Another reviewer decides." in own.content.decode()


def test_several_files_are_answered_one_by_one(bank, trafficker, reviewer, web, tmp_path):
    good = make.banner(tmp_path, "harbour_saver.png").read_bytes()
    files = [SimpleUploadedFile("harbour_saver.png", good, "image/png"), SimpleUploadedFile("art.pdf", b"%PDF-1.7 x", "application/pdf")]
    answer = web(trafficker).post("/creatives/upload/", {"advertiser": bank.pk, "files": files}, headers={"HX-Request": "true"})
    text = answer.content.decode()
    assert (answer.status_code, text.count("<li"), "Not accepted" in text, "PDF document" in text) == (200, 2, True, True)
    assert list(Creative.objects.values_list("name", flat=True)) == ["Harbour saver"]


def test_a_new_version_is_uploaded_beside_the_old(bank, trafficker, reviewer, web, tmp_path):
    first = make.received(bank)
    file = io.BytesIO(make.banner(tmp_path, seed=5).read_bytes())
    file.name = "again.png"
    assert web(trafficker).post(f"/creatives/{first.creative_id}/upload/", {"files": file}).status_code == 200
    assert list(Version.objects.order_by("number").values_list("number", "status")) == [(1, "withdrawn"), (2, "in_review")]
    compared = web(reviewer).get(f"/creatives/{first.creative_id}/compare/").content.decode()
    assert compared.count('class="mg-preview-ad"') == 2


def test_no_file_is_refused_at_its_place(bank, trafficker, web):
    refused = web(trafficker).post("/creatives/upload/", {"advertiser": bank.pk})
    assert (refused.status_code, Version.objects.count()) == (422, 0)


def test_a_waveform_is_drawn_on_its_own(bank, reviewer, web, tmp_path):
    from makegood.creatives.actions import receiving
    from makegood.documents.creatives import samples

    path = samples.spot(tmp_path / "spot.mp3", seconds=15)
    version = receiving.receive(path, name="spot.mp3", creative=receiving.NewCreative(bank, "Spot"), by=None, at=make.NOW)
    drawn = web(reviewer).get(f"/creatives/versions/{version.pk}/waveform/")
    assert (drawn.content.decode().count("<rect"), "immutable" in drawn["Cache-Control"]) == (112, True)

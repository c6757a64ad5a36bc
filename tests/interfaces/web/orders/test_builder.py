"""The builder's answers: who gets them, what they hold, and how many queries they take."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from makegood.core.models import Person
from tests.factories import orders

pytestmark = [pytest.mark.usefixtures("story_day"), pytest.mark.django_db]
CELLS = {"product": "Run of site", "start": "2026-12-07", "end": "2026-12-20", "quantity": "1000"}


def rows(count: int, **cells) -> list[dict]:
    return [{"key": f"r{n}", "line": None, "cells": CELLS | {"name": f"Line {n}"} | cells} for n in range(count)]


def post(client, order, part: str, named="", **body):
    headers = {"Idempotency-Key": named} if named else {}
    return client.post(f"/orders/{order.pk}/build/{part}/", json.dumps(body), content_type="application/json", headers=headers)


def asked(work) -> int:
    with CaptureQueriesContext(connection) as found:
        work()
    return len(found)


def test_check_answers_every_cell_and_saves_nothing(web, lead, drafted):
    found = post(web(lead), drafted, "check", rows=rows(1, rate="9"), row="r0").json()
    row = found["rows"]["r0"]
    assert [row["cells"][name] for name in ("unit", "rate", "card", "discount", "floor", "gross")] == ["impressions", "9", "12", "25", "8", "9"]
    assert (row["approvals"], row["avails"]["state"], found["totals"]["gross"], found["totals"]["errors"]) == (["Discount"], "ok", "$9.00", 0)
    assert "Is it there?" in found["panel"] and drafted.lines.count() == 1


def test_save_refuses_with_the_cell_and_nothing_is_changed(web, lead, drafted):
    answer = post(web(lead), drafted, "save", rows=rows(2, end="31 Nov 2026"), opened={})
    assert (answer.status_code, answer.json()["place"], drafted.lines.count()) == (422, "end", 1)


def test_a_save_sent_twice_adds_its_lines_once_and_is_answered_the_same(web, lead, drafted):
    first, again = (post(web(lead), drafted, "save", rows=rows(2), opened={}, named="s-1") for _ in range(2))
    assert (first.status_code, first.json()["added"], again.json(), drafted.lines.count()) == (200, 2, first.json(), 3)
    other = post(web(lead), drafted, "save", rows=rows(1), opened={}, named="s-1")
    assert (other.status_code, drafted.lines.count()) == (409, 3)
    assert post(web(lead), drafted, "save", rows=rows(2), opened={}, named="s-2").json()["added"] == 2  # the control: by another name it is another save


def test_a_workbook_goes_out_and_comes_back(web, lead, drafted):
    client = web(lead)
    sheet = client.get(f"/orders/{drafted.pk}/build/export/")
    sent = client.post(f"/orders/{drafted.pk}/build/upload/", {"sheet": SimpleUploadedFile("sheet.xlsx", sheet.content)}).json()
    assert [row["line"] for row in sent["rows"]] == [drafted.lines.get().pk]
    assert client.post(f"/orders/{drafted.pk}/build/upload/", {"sheet": SimpleUploadedFile("a.csv", b"x")}).status_code == 422


@pytest.mark.parametrize("body", [b"", b"[]", b'{"rows": [1]}', b'{"rows": [{"key": "a", "cells": {"name": 3}}]}', b'{"rows": [{"key": "a", "line": -1, "cells": {}}]}',
                                  b'{"rows": [{"key": "a", "cells": {}}, {"key": "a", "cells": {}}]}', b"[" * 9000])  # fmt: skip
def test_what_is_no_sheet_is_refused(web, lead, drafted, body):
    for part in ("check", "save", "panel"):
        assert web(lead).post(f"/orders/{drafted.pk}/build/{part}/", body, content_type="application/json").status_code == 422


def test_a_form_is_no_sheet(web, lead, drafted):
    assert {web(lead).post(f"/orders/{drafted.pk}/build/{part}/", {"rows": "1"}).status_code for part in ("check", "save", "panel")} == {422}


def test_clients_and_rivals_see_nothing_of_it(web, drafted, contact, rival, finance):
    for who in (contact, rival, finance):
        client = web(who)
        assert {client.get(f"/orders/{drafted.pk}/build/{part}").status_code for part in ("", "rows/", "export/")} <= {302, 403, 404}
        assert {post(client, drafted, part, rows=rows(1), opened={}, row="r0").status_code for part in ("check", "save", "panel")} <= {302, 403, 404}
    assert drafted.lines.count() == 1 and isinstance(rival, Person)


def test_a_booked_order_is_shown_and_not_changed(web, lead, drafted):
    orders.booked(drafted)
    assert "change order" in web(lead).get(f"/orders/{drafted.pk}/build/").content.decode()
    (row,) = web(lead).get(f"/orders/{drafted.pk}/build/rows/").json()["rows"]
    answer = post(web(lead), drafted, "save", rows=[], opened={row["line"]: row["cells"]})
    assert (answer.status_code, drafted.lines.count()) == (409, 1)


def test_queries_are_as_many_for_three_rows_as_for_one(web, lead, drafted):
    client = web(lead)
    one, many = (lambda count=count: post(client, drafted, "check", rows=rows(count), row="r0") for count in (1, 3))
    one()
    assert asked(one) == asked(many) <= 35
    page = lambda: client.get(f"/orders/{drafted.pk}/build/")  # noqa: E731
    before = asked(page)
    orders.line(drafted, name="Another"), orders.line(drafted, name="And another")
    assert asked(page) == before <= 45

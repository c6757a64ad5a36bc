"""Bulk actions say beforehand who will change, do it row by row, and are taken back as one."""

import re

import pytest

from makegood.core.models import Activity
from makegood.work.models import Task

HTMX = {"HX-Request": "true", "HX-Current-URL": "http://testserver/tasks/"}


def plain(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def ids(*tasks):
    return [task.pk for task in tasks]


def test_the_preview_counts_and_gives_reasons(web, lead, task, oatfield):
    asked = [task(owed_by=oatfield, owner=lead), task(owed_by=oatfield), task(), task(status="done")]
    answer = web(lead).post("/tasks/", {"action": "ask", "ids": ids(*asked)}, headers=HTMX)
    assert "Remind: 2 of 4 will change, 2 cannot 1: no client owes it 1: already done or dropped" in plain(answer)
    assert set(Task.objects.values_list("asked_count", flat=True)) == {0}


def test_confirmed_it_changes_those_that_can(web, lead, task, oatfield):
    can, cannot = task(owed_by=oatfield), task()
    answer = web(lead).post("/tasks/", {"action": "ask", "ids": ids(can, cannot), "confirmed": "1"}, headers=HTMX)
    assert answer["HX-Retarget"] == "#list-tasks"
    assert "Remind: 1 task changed. 1 not: no client owes it" in answer["HX-Trigger"]
    assert dict(Task.objects.values_list("pk", "asked_count")) == {can.pk: 1, cannot.pk: 0}


def test_a_form_is_asked_first_and_checked(web, lead, sales, task):
    mine = task(owner=lead)
    answer = web(lead).post("/tasks/", {"action": "hand-over", "ids": ids(mine), "confirmed": "1", "to": sales.pk}, headers=HTMX)
    assert "This field is required" in plain(answer)
    web(lead).post("/tasks/", {"action": "hand-over", "ids": ids(mine), "confirmed": "1", "to": sales.pk, "note": "Yours"}, headers=HTMX)
    mine.refresh_from_db()
    assert mine.owner == sales
    assert Activity.objects.get(verb="task.handed_over").why == "Yours"


def test_one_undo_takes_the_bulk_back_once(web, lead, task):
    tasks, browser = [task(), task()], web(lead)
    done = browser.post("/tasks/", {"action": "drop", "ids": ids(*tasks), "confirmed": "1", "why": "cancelled"}, headers=HTMX)
    assert set(Task.objects.values_list("status", flat=True)) == {"dropped"}
    undo = re.search(r'"undo": "([^"]+)"', done["HX-Trigger"])[1]
    browser.post(undo, headers=HTMX)
    assert set(Task.objects.values_list("status", flat=True)) == {"open"}
    assert browser.post(undo, headers=HTMX).status_code == 422


def test_all_that_match_means_the_filters_not_the_page(web, lead, task):
    for _ in range(3):
        task("Click URL missing")
    task("Creative missing")
    web(lead).post("/tasks/?q=click&status=open", {"action": "drop", "all": "1", "confirmed": "1", "why": "x"}, headers=HTMX)
    assert Task.objects.filter(status="dropped").count() == 3


@pytest.mark.parametrize(("sent", "status"), [({"action": "drop"}, 422), ({"action": "erase", "ids": [1]}, 422), ({"action": "drop", "ids": ["x"]}, 422)])
def test_nonsense_is_refused_and_changes_nothing(web, lead, task, sent, status):
    task()
    assert web(lead).post("/tasks/", sent).status_code == status
    assert set(Task.objects.values_list("status", flat=True)) == {"open"}


def test_without_script_it_works_too(web, lead, task):
    one = task()
    page = web(lead).post("/tasks/", {"action": "drop", "ids": ids(one)})
    assert "1 of 1 will change" in plain(page)
    after = web(lead).post("/tasks/", {"action": "drop", "ids": ids(one), "confirmed": "1", "why": "x"}, follow=True)
    assert "Drop: 1 task changed." in plain(after)


def test_an_undo_from_another_page_only_says_so(web, lead, task):
    browser = web(lead)
    done = browser.post("/tasks/", {"action": "drop", "ids": ids(task()), "confirmed": "1", "why": "cancelled"}, headers=HTMX)
    undo = re.search(r'"undo": "([^"]+)"', done["HX-Trigger"])[1]
    answer = browser.post(undo, headers=HTMX | {"HX-Current-URL": "http://testserver/orders/"})
    assert (answer.content, answer["HX-Reswap"], "Undone" in answer["HX-Trigger"]) == (b"", "none", True)

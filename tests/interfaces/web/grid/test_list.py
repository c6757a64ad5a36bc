"""A list keeps its whole state in the URL and costs the same queries however long it is."""

import dataclasses
import re

import pytest
from django.utils import timezone

from makegood.core.models import SavedView
from makegood.interfaces.web.grid import listing
from makegood.interfaces.web.tasks.tables import TASKS
from tests.interfaces.web.grid.conftest import NOW


@pytest.fixture
def seen(lead, rf):
    """seen("?sort=-due"): the page of tasks as `lead` sees it."""

    def page(query="", grid=TASKS):
        request = rf.get(f"/tasks/{query}")
        request.user = lead
        with timezone.override("UTC"):
            return listing.page(request, grid)

    return page


def names(page):
    return [line.name for line in page.lines if line.pk]


def text(html):
    return re.sub(r"<[^>]+>", " ", html).split()


@pytest.mark.parametrize("query", ["", "?group=owner", "?q=click&sort=-amount&owner=me,none"])
def test_the_number_of_queries_does_not_grow(web, lead, task, django_assert_num_queries, query):
    browser = web(lead)
    task(owner=lead, amount=10)
    browser.get(f"/tasks/{query}")
    counts = []
    for wanted in (1, 3):
        while len(TASKS.rows(lead)) < wanted:
            task(owner=lead, amount=10)
        with django_assert_num_queries(9, exact=False) as found:
            assert browser.get(f"/tasks/{query}").status_code == 200
        counts.append(len(found))
    assert counts[0] == counts[1]


def test_rows_are_sorted_by_what_is_asked(seen, task):
    task("late", hours=-3), task("soon", hours=1), task("later", hours=9)
    assert names(seen()) == ["late", "soon", "later"]
    assert names(seen("?sort=-due")) == ["later", "soon", "late"]
    assert names(seen("?sort=title")) == ["late", "later", "soon"]


def test_nothing_known_stands_last_either_way(seen, task):
    task("none"), task("small", amount=1), task("big", amount=100)
    assert names(seen("?sort=-amount")) == ["big", "small", "none"]
    assert names(seen("?sort=amount")) == ["small", "big", "none"]


def test_every_word_searched_must_be_found_somewhere(seen, task):
    task("Click URL missing"), task("Creative missing")
    assert names(seen("?q=click+autumn")) == ["Click URL missing"]
    assert names(seen("?q=click+winter")) == []


@pytest.mark.parametrize(
    ("query", "found", "chip"),
    [
        ("?owner=me", ["mine"], "Owner: me"),
        ("?owner=none", ["late", "rich"], "Owner: nobody"),
        ("?owner=me,none", ["late", "mine", "rich"], "Owner: me, nobody"),
        ("?due=..2026-11-18", ["late", "mine"], "Due: to 18 Nov"),
        ("?due=today%2B1..today%2B1", ["rich"], "Due: today+1"),
        ("?due=2026-11-19&due=2026-11-20", ["rich"], "Due: 19 Nov to 20 Nov"),
        ("?amount=50..150", ["rich"], "Holds back: 50 to 150"),
        ("?amount=50..", ["rich"], "Holds back: from 50"),
        ("?owner=x';drop", ["late", "mine", "rich"], "Owner: “x';drop” not understood"),
        ("?due=31-11-2026", ["late", "mine", "rich"], "Due: “31-11-2026” not understood"),
        ("?amount=NaN..", ["late", "mine", "rich"], "Holds back: “NaN..” not understood"),
    ],
)
def test_filters_narrow_and_say_so(seen, task, lead, query, found, chip):
    task("late", hours=-3), task("mine", hours=3, owner=lead), task("rich", hours=24, amount=100)
    page = seen(query)
    assert sorted(names(page)) == sorted(found)
    assert [each.label for each in page.chips] == ["Status: Open", chip]


def test_a_default_filter_can_be_taken_away(seen, task):
    task("open"), task("dropped", status="dropped")
    page = seen()
    assert names(page) == ["open"]
    assert page.chips[0].remove_url == "?status="
    assert sorted(names(seen(page.chips[0].remove_url))) == ["dropped", "open"]


def test_sums_are_over_the_whole_list_and_by_currency(seen, task):
    for number in range(3):
        task(amount=100, currency="USD", hours=number)
    task(amount=7, currency="EUR")
    page = seen(grid=dataclasses.replace(TASKS, page_size=2))
    assert (len(page.lines), page.count) == (2, 4)
    assert [text(html) for column, html in page.sums if column.key == "amount"] == [["€7.00", "$300.00"]]


def test_groups_carry_the_count_and_sum_of_the_whole_group(seen, task, lead, sales):
    task("a", owner=lead, amount=10), task("b", owner=sales, amount=1), task("c", owner=lead, amount=20)
    lines = seen("?group=owner&sort=title").lines
    heads = [(text(line.label)[1:], line.count, text(line.cells[-1][1])) for line in lines if line.pk is None]
    assert heads == [(["Ruth", "Delgado"], 2, ["$30.00"]), (["Owen", "Park"], 1, ["$1.00"])]
    assert [line.name if line.pk else "-" for line in lines] == ["-", "a", "c", "-", "b"]


def test_pages_cut_without_overlap(seen, task):
    for number in range(5):
        task(f"task {number}", hours=1)
    short = dataclasses.replace(TASKS, page_size=2)
    pages = [seen(f"?page={number}", grid=short) for number in (1, 2, 3, 4)]
    assert [names(page) for page in pages] == [["task 0", "task 1"], ["task 2", "task 3"], ["task 4"], []]
    assert [page.turn for page in pages] == [("", "?page=2"), ("?page=1", "?page=3"), ("?page=2", ""), ("?page=3", "")]


def test_columns_are_chosen_in_the_url(seen, task):
    task()
    assert [column.key for column in seen("?columns=owner&columns=title&columns=gone").columns] == ["owner", "title"]
    assert seen("?columns=owner,title").state.url(sort="due") == "?columns=owner,title&sort=due"


def test_other_parameters_survive_in_every_link(seen, task):
    task()
    assert seen("?tab=lines&page=3").state.url(sort="due") == "?tab=lines&sort=due"


def test_a_client_sees_only_what_its_party_owes(task, oatfield, web, lead):
    from makegood.core.models import Party
    from tests.personas import client_of

    task("theirs", owed_by=oatfield), task("ours")
    rival = client_of(Party.objects.create(name="Rival Foods", kind="advertiser"), "Rita Rival")
    assert web(rival).get("/tasks/").url == "/portal/"
    assert [str(row) for row in TASKS.rows(client_of(oatfield, "Lena Ortiz"))] == ["theirs"]
    assert list(TASKS.rows(rival)) == []


def test_what_is_seen_can_be_kept_and_shared(web, lead, sales, task):
    task()
    web(lead).post("/views/save/", {"list_key": "tasks", "name": "Late", "query": "due=..today-1&status=open", "shared": "on"})
    view = SavedView.objects.get()
    assert (view.person, view.name, view.query, view.shared) == (lead, "Late", "due=..today-1&status=open", True)
    page = web(sales).get(f"/tasks/?{view.query}").context["page"]
    assert [(each.name, on) for each, on in page.views] == [("Late", True)]
    assert web(sales).post(f"/views/{view.pk}/drop/").status_code == 403
    assert web(lead).post(f"/views/{view.pk}/drop/").status_code == 303
    assert SavedView.objects.count() == 0


def test_a_view_without_a_name_is_refused(web, lead):
    answer = web(lead).post("/views/save/", {"list_key": "tasks", "name": " "})
    assert answer.status_code == 422
    assert "The view needs a name" in answer.content.decode()


def test_an_export_holds_all_that_is_seen(web, lead, task):
    task("=1+1", amount=12), task("late", hours=-3), task("dropped", status="dropped")
    answer = web(lead).get("/tasks/?sort=-due&columns=title,amount,owner&export=csv")
    assert answer["Content-Disposition"] == 'attachment; filename="tasks-2026-11-18.csv"'
    rows = answer.content.decode("utf-8-sig").splitlines()
    assert rows[0] == 'Id,Task,Holds back,"Holds back, currency",Owner'
    assert [row.split(",")[1:] for row in rows[1:]] == [["'=1+1", "12.00", "USD", ""], ["late", "", "", ""]]
    assert web(lead).get("/tasks/?export=xlsx").content[:2] == b"PK"


def test_htmx_gets_the_list_alone(web, lead, task):
    task()
    answer = web(lead).get("/tasks/", headers={"HX-Request": "true", "HX-Target": "list-tasks"})
    assert answer.content.decode().startswith('<section class="mg-list" id="list-tasks"')


def test_an_empty_list_teaches_and_a_narrowed_one_offers_the_way_back(web, lead, task):
    assert "No tasks match" in web(lead).get("/tasks/?q=zzz").content.decode()
    assert "Nothing is owed" in web(lead).get("/tasks/?status=").content.decode()


def test_values_are_escaped(web, lead, task):
    task("<script>alert(1)</script>", subject_label="<b>x</b>")
    content = web(lead).get("/tasks/?q=%3Cscript%3E").content.decode()
    assert "<script>alert" not in content
    assert "<b>x" not in content


def test_now_is_fixed():
    assert timezone.now() == NOW

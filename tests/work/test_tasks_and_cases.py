"""One open task per missing fact; a case ends with its cause."""

import datetime

import pytest
from django.db import DatabaseError, transaction

from makegood.core.errors import IllegalMove, Invalid, NotAllowed
from makegood.core.models import Absence, Activity, Membership, Notification, Party
from makegood.work import queries
from makegood.work.actions import cases, comments, tasks
from makegood.work.models import Case, Comment, Task
from tests.personas import client_of, person

NOW = datetime.datetime(2026, 11, 20, 12, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)


@pytest.fixture
def oatfield(db):
    return Party.objects.create(name="Oatfield Foods", kind="advertiser")


@pytest.fixture
def task(oatfield, campaign_manager):
    return tasks.open(oatfield, "creative", title="Creative missing", due_at=NOW + DAY, by=None, at=NOW, owner=campaign_manager)


def test_asking_for_the_same_fact_twice_is_one_task(oatfield, task, campaign_manager):
    assert tasks.open(oatfield, "creative", title="Again", due_at=NOW, by=None, at=NOW) == task
    tasks.done(task, by=campaign_manager, at=NOW)
    assert tasks.open(oatfield, "creative", title="Anew", due_at=NOW, by=None, at=NOW) != task


def test_many_facts_are_asked_for_and_closed_in_as_many_statements_as_three(oatfield, task, lead, django_assert_max_num_queries):
    def owed(count: int) -> list[tasks.Owed]:
        return [tasks.Owed(oatfield, f"fact {n}", f"Fact {n}", NOW + DAY, owed_by=oatfield if n % 2 else None) for n in range(count)]

    with django_assert_max_num_queries(9) as few:
        assert len(tasks.open_all(owed(3), by=None, at=NOW)) == 3
    with django_assert_max_num_queries(len(few)):
        made = tasks.open_all([*owed(30), tasks.Owed(oatfield, "creative", "Again", NOW)], by=None, at=NOW)
    assert (made[-1], Task.objects.filter(status="open").count()) == (task, 31)
    shown = Activity.objects.filter(verb="task.created").values_list("subject_label", "visible_to_client")
    assert {(label, seen) for label, seen in shown} == {("Creative missing", False), *((f"Fact {n}", n % 2 == 1) for n in range(30))}
    with django_assert_max_num_queries(5):
        tasks.done_all(made, by=lead, at=NOW, why="all there")
    assert Activity.objects.filter(verb="task.done", actor=lead, why="all there").count() == 31


def test_two_words_for_one_fact_are_one_task_with_the_first(oatfield):
    first, again = tasks.open_all([tasks.Owed(oatfield, "url", title, NOW) for title in ("One", "Two")], by=None, at=NOW)
    assert (first, first.title, Task.objects.count()) == (again, "One", 1)


def test_all_are_closed_or_none(oatfield, task, lead):
    other = tasks.done(tasks.open(oatfield, "url", title="URL", due_at=NOW, by=None, at=NOW), by=lead, at=NOW)
    with pytest.raises(IllegalMove, match="task is done and cannot become done"):
        tasks.done_all([task, other], by=lead, at=NOW)
    task.refresh_from_db()
    assert (task.status, Activity.objects.filter(verb="task.done").count()) == ("open", 1)


def test_snoozing_ends_before_it_is_due(task, campaign_manager):
    tasks.snooze(task, NOW + DAY / 2, by=campaign_manager, at=NOW)
    assert list(queries.my_tasks(campaign_manager, NOW)) == []
    assert list(queries.my_tasks(campaign_manager, NOW + DAY)) == [task]
    with pytest.raises(Invalid, match="due before"):
        tasks.snooze(task, NOW + 2 * DAY, by=campaign_manager, at=NOW)


def test_whoever_covers_sees_the_queue(task, campaign_manager, trafficker):
    assert list(queries.my_tasks(trafficker, NOW)) == []
    Absence.objects.create(person=campaign_manager, start=NOW.date(), end=NOW.date(), cover=trafficker)
    assert list(queries.my_tasks(trafficker, NOW)) == [task]


def test_a_hand_over_is_logged_with_its_note(task, campaign_manager, trafficker):
    tasks.hand_over(task, trafficker, by=campaign_manager, at=NOW, note="I am away")
    row = Activity.objects.get(verb="task.handed_over")
    assert (row.before, row.after, row.why) == ({"owner": "Priya Raman"}, {"owner": "Tomas Okafor"}, "I am away")


def test_a_case_runs_to_its_cause(oatfield, lead, campaign_manager):
    case = cases.open(oatfield, kind="issue", title="Wrong landing page", owner=campaign_manager, by=lead, at=NOW, severity="high")
    assert (case.number, case.due_at - case.opened_at) == (1, datetime.timedelta(hours=8))
    with pytest.raises(Invalid):
        cases.resolve(case, cause="", resolution="fixed", by=campaign_manager, at=NOW)
    cases.resolve(case, cause="click URL", resolution="replaced it", by=campaign_manager, at=NOW)
    cases.close(case, by=lead, at=NOW)
    with pytest.raises(IllegalMove, match="final"):
        cases.resume(case, by=lead, at=NOW)
    with pytest.raises(DatabaseError), transaction.atomic():  # the database refuses the move too
        Case.objects.filter(pk=case.pk).update(status="open")


def test_a_rival_sees_and_says_nothing(oatfield, task, lead):
    rival = client_of(Party.objects.create(name="Kestrel Outdoor", kind="advertiser"), "Lena Voss")
    own = client_of(oatfield, "Jo Marsh")
    Task.objects.update(owed_by=oatfield)
    cases.open(oatfield, kind="issue", title="Secret", owner=lead, by=lead, at=NOW)
    comments.add(oatfield, "internal words", by=lead, at=NOW)
    comments.add(oatfield, "words for you", by=lead, at=NOW, visible_to_client=True)
    seen = [
        (queries.task_list(actor).count(), queries.case_list(actor).count(), queries.thread(actor, "core.party", oatfield.pk).count())
        for actor in (lead, own, rival)
    ]
    assert seen == [(1, 1, 2), (1, 1, 1), (0, 0, 0)]
    with pytest.raises(NotAllowed):
        comments.add(oatfield, "hello", by=rival, at=NOW)
    assert Membership.objects.count() == 2


def test_a_mention_notifies_at_once_and_never_a_client_of_internal_words(oatfield, lead):
    contact = client_of(oatfield, "Jo Marsh")
    colleague = person("Tom Hale", "trafficker")
    comments.add(oatfield, "@tom.hale @jo.marsh look", by=lead, at=NOW)
    assert [(row.person, row.urgency) for row in Notification.objects.all()] == [(colleague, "now")]
    comments.add(oatfield, "@jo.marsh please look", by=lead, at=NOW, visible_to_client=True)
    assert Notification.objects.filter(person=contact).count() == 1
    assert Comment.objects.count() == 2

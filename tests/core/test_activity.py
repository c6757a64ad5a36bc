"""The log keeps what happened; nobody can change it afterwards."""

import datetime

import pytest
from django.db import DatabaseError, connection, transaction

from makegood.core import activity
from makegood.core.models import Activity, Party

NOW = datetime.datetime(2026, 11, 20, 12, tzinfo=datetime.UTC)


@pytest.fixture
def oatfield(db):
    return Party.objects.create(name="Oatfield Foods", kind="advertiser")


def test_a_change_is_logged_with_both_values(oatfield, admin):
    activity.change(oatfield, "party.renamed", by=admin, at=NOW, why="they merged", name="Oatfield & Sons")
    row = Activity.objects.get()
    assert (row.before, row.after, row.actor, row.why) == (
        {"name": "Oatfield Foods"}, {"name": "Oatfield & Sons"}, admin, "they merged",
    )  # fmt: skip
    assert Party.objects.get().name == "Oatfield & Sons"


def test_no_difference_leaves_no_row(oatfield, admin):
    assert activity.change(oatfield, "party.renamed", by=admin, at=NOW, name="Oatfield Foods") is None
    assert Activity.objects.count() == 0


@pytest.mark.parametrize("statement", ["UPDATE core_activity SET why = 'x'", "DELETE FROM core_activity", "TRUNCATE core_activity CASCADE"])
def test_the_log_is_append_only(oatfield, admin, statement):
    activity.record(oatfield, "party.seen", by=admin, at=NOW)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Activity.objects.count() == 1

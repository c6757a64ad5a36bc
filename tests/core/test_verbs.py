"""A verb is whole or not at all, alone and inside another; the caller's transaction outlives a refusal."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from makegood.core import verbs
from makegood.core.errors import Refused
from makegood.core.models import NumberSeries

pytestmark = pytest.mark.django_db


@verbs.whole
def note(name: str, *, refuse: bool = False) -> str:
    """One row, perhaps refused after it was written."""
    NumberSeries.objects.create(name=name)
    if refuse:
        raise Refused("not this one.", place=name)
    return name


@verbs.whole
def both(first: str, second: str, *, refuse: bool = False) -> None:
    """A verb of two verbs."""
    note(first)
    note(second, refuse=refuse)


def names() -> set[str]:
    """The rows that stand."""
    return set(NumberSeries.objects.values_list("name", flat=True))


def test_a_refusal_leaves_nothing_and_the_caller_goes_on() -> None:
    before = names()
    assert note("kept") == "kept"
    with pytest.raises(Refused):
        note("gone", refuse=True)
    assert names() - before == {"kept"}


def test_a_refusal_deep_inside_undoes_the_whole_verb() -> None:
    before = names()
    with pytest.raises(Refused):
        both("one", "two", refuse=True)
    assert names() == before
    both("three", "four")
    assert names() - before == {"three", "four"}


def test_only_the_outer_verb_has_a_savepoint() -> None:
    with CaptureQueriesContext(connection) as said:
        both("five", "six")
    assert [one["sql"].split(" ")[0] for one in said] == ["SAVEPOINT", "INSERT", "INSERT", "RELEASE"]
    with transaction.atomic(), CaptureQueriesContext(connection) as alone:
        note("seven")
    assert [one["sql"].split(" ")[0] for one in alone] == ["SAVEPOINT", "INSERT", "RELEASE"]


@pytest.mark.django_db(transaction=True)
def test_a_verb_alone_is_a_transaction() -> None:
    with pytest.raises(Refused):
        both("one", "two", refuse=True)
    assert not connection.in_atomic_block
    assert not names() & {"one", "two"}
    both("one", "two")
    assert {"one", "two"} <= names()


@verbs.once
def counted() -> int:
    """A figure many steps ask for."""
    return NumberSeries.objects.count()


@verbs.whole
def asked_twice() -> list[int]:
    """A verb whose steps ask the same, one of them inside another verb."""
    first = counted()
    note("between")
    return [first, counted()]


def test_what_no_verb_changes_is_asked_once_within_one_and_anew_in_the_next() -> None:
    before = counted()
    assert asked_twice() == [before, before]
    assert counted() == before + 1


def test_a_refused_verb_leaves_no_memory() -> None:
    before = counted()
    with pytest.raises(Refused):
        both("eight", "nine", refuse=True)
    note("ten")
    assert counted() == before + 1

"""What waits for a person is counted by one query, whatever is counted."""

import pytest

from makegood.core import queries
from makegood.core.models import Person

pytestmark = pytest.mark.django_db


def test_several_kinds_are_counted_by_one_query(lead, campaign_manager, django_assert_num_queries):
    waiting = {"all": Person.objects.order_by("name"), "lead": Person.objects.filter(pk=lead.pk), "none": Person.objects.none()}
    waiting["nobody"] = Person.objects.filter(name="Nobody of that name")
    everybody = Person.objects.count()
    with django_assert_num_queries(1):
        assert queries.how_many(lead, waiting) == {"all": everybody, "lead": 1, "none": 0, "nobody": 0}


def test_nothing_to_count_asks_nothing(lead, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert queries.how_many(lead, {}) == {}

"""Numbers of a series follow one another without a gap, also after a rollback."""

import pytest
from django.db import transaction

from makegood.core import numbers


@pytest.mark.django_db
def test_a_rollback_leaves_no_gap() -> None:
    assert [numbers.take("paper") for _ in range(2)] == [1, 2]
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        assert numbers.take("paper") == 3
        raise ZeroDivisionError
    assert (numbers.take("paper"), numbers.take("other")) == (3, 1)

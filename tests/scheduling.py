"""Which worker runs what: a file in one worker, so that what its tests share is made once; the longest first, so that no worker ends alone.

In force with `--dist loadfile`, as `make test` runs.
"""

from collections import Counter
from collections.abc import Sequence

import pytest
from xdist.scheduler import LoadScopeScheduling

APART = ("tests/journeys/", "tests/rollups/test_running.py", "tests/documents/creatives/test_hostile.py", "tests/documents/creatives/test_samples.py")
"""Long tests that share nothing with others of their file: each goes where there is room."""
LONGEST = (
    "tests/permissions/test_matrix.py", "tests/adserver/test_escapes.py", "tests/journeys/test_pages.py", "tests/permissions/test_canary.py",
    "tests/permissions/test_odd_values.py", "tests/orders/test_contention.py", "tests/adserver/test_straight.py", "tests/orders/test_mutated.py",
    "tests/orders/changes/test_revisions.py", "tests/documents/creatives/test_hostile.py", "tests/journeys/", "tests/adserver/", "tests/interfaces/web/",
    "tests/rollups/test_running.py", "tests/documents/creatives/test_samples.py", "tests/engine/planner/", "tests/creatives/",
)  # fmt: skip
"""Beginnings of names in the order in which they start: about fifty to five processor seconds a file. The rest by the number of tests."""


class LongestFirst(LoadScopeScheduling):
    """xdist's scheduling by scope, in our scopes and in the order of collection."""

    def __init__(self, config: pytest.Config, log: object = None) -> None:
        super().__init__(config, log)
        config.option.loadscopereorder = False

    def _split_scope(self, nodeid: str) -> str:
        return nodeid if nodeid.startswith(APART) else nodeid.partition("::")[0]


LAST = {"chromium", "live_server", "transactional_db"}


def ordered(items: Sequence[pytest.Item]) -> list[pytest.Item]:
    """The tests as they are to be started; within a file as they stand.

    Files with tests in a browser or with rows that are committed come last: what a module shares in one transaction (tests/permissions)
    wants a process in which neither has been yet.
    """
    sizes, late = Counter(item.path for item in items), {item.path for item in items if _commits(item)}

    def rank(item: pytest.Item) -> tuple[bool, int, int, str]:
        place = next((n for n, name in enumerate(LONGEST) if item.nodeid.startswith(name)), len(LONGEST))
        return item.path in late, place, -sizes[item.path], item.nodeid.partition("::")[0]

    return sorted(items, key=rank)


def _commits(item: pytest.Item) -> bool:
    mark = item.get_closest_marker("django_db")
    return not LAST.isdisjoint(getattr(item, "fixturenames", ())) or bool(mark and mark.kwargs.get("transaction"))

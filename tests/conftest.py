"""One throw-away PostgreSQL for the whole run; each worker clones the migrated template."""

import asyncio
import gc
import os
import pathlib
import shutil
import tempfile
from collections.abc import Iterator

import django
import hypothesis
import pytest

from tests import database, scheduling

MIGRATED = {"django_content_type", "auth_permission", "django_migrations"}  # what migrations wrote stays
CONTROLLER = "PYTEST_XDIST_WORKER" not in os.environ
gc.disable()  # until the first test: what is imported and collected stays, and looking through it again and again finds nothing

if CONTROLLER:  # before Django reads its settings; workers inherit the environment
    RUN = pathlib.Path(tempfile.gettempdir()) / f"makegood-test-{os.getpid()}"
    HOME = pathlib.Path(tempfile.mkdtemp(prefix="makegood-home-"))
    os.environ["MAKEGOOD_HOME"] = str(HOME)
    os.environ["DJANGO_SETTINGS_MODULE"] = "makegood.config.settings"
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright runs an event loop in the test's thread
    os.environ["MAKEGOOD_TEST_TEMPLATE"] = database.TEMPLATE
    CLUSTER = database.start(RUN)
    os.environ["DATABASE_URL"] = CLUSTER.url()

hypothesis.settings.register_profile("day", derandomize=True)  # the same examples in every run; `make nightly` draws others
hypothesis.settings.load_profile("default" if os.environ.get("MAKEGOOD_NIGHTLY") else "day")
django.setup()
pytest_plugins = ["tests.personas", "tests.browser"]


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> scheduling.LongestFirst | None:
    """Ours in place of xdist's own by file."""
    return scheduling.LongestFirst(config, log) if config.getvalue("dist") == "loadfile" else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """In the order in which the scheduler hands them out."""
    if not CONTROLLER:
        items[:] = scheduling.ordered(items)


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop() -> None:
    """From here on garbage is looked for among what tests make, every so many objects, and no longer among what was loaded."""
    gc.freeze()
    gc.set_threshold(50_000, 10, 10)
    gc.enable()


def pytest_unconfigure() -> None:
    """Stop the cluster and remove what the run made."""
    if CONTROLLER:
        CLUSTER.stop()
        for folder in (RUN, HOME):
            shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(autouse=True)
def _own_folders(settings, tmp_path: pathlib.Path) -> None:
    """Files, assets, events and plan of a test are its own; passwords are hashed cheaply."""
    settings.FILES_FOLDER = tmp_path / "files"
    settings.ASSETS_FOLDER = tmp_path / "assets"
    settings.EVENTS_FOLDER = tmp_path / "events"
    settings.WAREHOUSE_URL = str(tmp_path / "warehouse")
    settings.CUBE_FOLDER = tmp_path / "cube"
    settings.PLAN_FILE = tmp_path / "plan" / "plan.json"
    settings.KEYS_FILE = tmp_path / "adserver-keys.json"
    settings.APPROVALS_KEY_FILE = tmp_path / "approvals-key"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[object]:
    """The session's browser keeps its event loop marked as running in this thread; tests without it run as if there were none.

    From before the first fixture to after the last: Django keeps another connection where a loop runs, so a test that begins its
    transaction with it and goes on without would commit its rows.
    """
    loop = None if "chromium" in getattr(item, "fixturenames", ()) else asyncio._get_running_loop()
    if loop is None:
        return (yield)
    asyncio._set_running_loop(None)
    try:
        return (yield)
    finally:
        asyncio._set_running_loop(loop)


@pytest.fixture(scope="session", autouse=True)
def _emptied_by_deleting() -> None:
    """After a test that commits its rows are deleted, past triggers and foreign keys; truncating a hundred tables takes ten times as long."""
    from django.db import connection
    from django.test import TransactionTestCase

    def emptied(self: TransactionTestCase) -> None:
        names = set(connection.introspection.table_names()) - MIGRATED  # also the queue's, which Django does not manage
        deletes = "; ".join(f"DELETE FROM {connection.ops.quote_name(name)}" for name in sorted(names))
        with connection.cursor() as cursor:
            cursor.execute(f"BEGIN; SET LOCAL session_replication_role = replica; {deletes}; COMMIT")

    TransactionTestCase._fixture_teardown = emptied

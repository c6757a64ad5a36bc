"""One throw-away PostgreSQL for the whole run; each worker clones the migrated template."""

import asyncio
import os
import pathlib
import shutil
import tempfile
from collections.abc import Iterator

import django
import pytest

from tests import database

CONTROLLER = "PYTEST_XDIST_WORKER" not in os.environ

if CONTROLLER:  # before Django reads its settings; workers inherit the environment
    RUN = pathlib.Path(tempfile.gettempdir()) / f"makegood-test-{os.getpid()}"
    HOME = pathlib.Path(tempfile.mkdtemp(prefix="makegood-home-"))
    os.environ["MAKEGOOD_HOME"] = str(HOME)
    os.environ["DJANGO_SETTINGS_MODULE"] = "makegood.config.settings"
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright runs an event loop in the test's thread
    os.environ["MAKEGOOD_TEST_TEMPLATE"] = database.TEMPLATE
    CLUSTER = database.start(RUN)
    os.environ["DATABASE_URL"] = CLUSTER.url()

django.setup()
pytest_plugins = ["tests.personas", "tests.browser"]


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
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _no_borrowed_loop(request: pytest.FixtureRequest) -> Iterator[None]:
    """The session's browser keeps its event loop marked as running in this thread; tests without it may start their own."""
    loop = None if "chromium" in request.fixturenames else asyncio._get_running_loop()
    if loop is None:
        yield
        return
    asyncio._set_running_loop(None)
    yield
    asyncio._set_running_loop(loop)


@pytest.fixture(scope="session", autouse=True)
def _flush_may_truncate() -> None:
    """Between tests that commit, Django truncates; append-only tables refuse that to everybody but the test runner."""
    import pgtrigger
    from django.test import TransactionTestCase

    teardown = TransactionTestCase._fixture_teardown

    def permitted(self: TransactionTestCase) -> None:
        with pgtrigger.ignore():
            teardown(self)

    TransactionTestCase._fixture_teardown = permitted


"""The world of these tests: made once a module in one transaction, every request in a savepoint that is rolled back."""

import copy
import datetime

import pytest
from django.db import transaction
from django.test import override_settings

from tests.permissions import world as making

NOW = datetime.datetime.now(datetime.UTC).replace(microsecond=0)


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    """Where the module's files are."""
    base = tmp_path_factory.mktemp("world")
    return {
        "FILES_FOLDER": base / "files", "ASSETS_FOLDER": base / "assets", "EVENTS_FOLDER": base / "events", "PLAN_FILE": base / "plan" / "plan.json",
        "KEYS_FILE": base / "keys.json", "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],
    }  # fmt: skip


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, tmp_path_factory, folders):
    with django_db_blocker.unblock(), override_settings(**folders), transaction.atomic():
        yield making.build(tmp_path_factory.mktemp("drawn"), NOW)
        transaction.set_rollback(True)


@pytest.fixture
def db(world):
    """In place of a transaction for each test: the module's."""


@pytest.fixture
def ask(db, world, folders, settings, _own_folders):
    """ask(who, method, url, data): the response, and nothing of it stays."""
    for name, value in folders.items():
        setattr(settings, name, value)

    def asked(who, method, url, data=None, **headers):
        client, savepoint = world.clients[who], transaction.savepoint()
        cookies = copy.deepcopy(client.cookies)
        try:
            return getattr(client, method.lower())(url, data or {}, **headers)
        finally:
            transaction.savepoint_rollback(savepoint)
            client.cookies = cookies

    return asked

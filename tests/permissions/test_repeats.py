"""R5 over every address that takes a write: the same key again gives the same answer and changes nothing."""

import copy
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import resolve

from makegood.core.models import KeptReply
from makegood.interfaces.web import repeats
from tests.permissions.conftest import NOW
from tests.permissions.scenes import SCENES, Sent
from tests.permissions.test_matrix import OWN, ROUTES, TABLE

KEY = {"Idempotency-Key": "sent-again"}
EXCEPT = {
    "account_login", "account_logout",  # a session begins or ends: no record changes
    "sign-link",  # by its link, without a sign-in: tests/interfaces/web/portal/test_by_link.py
}  # fmt: skip
WAYS = {name: ways["POST"] for name, (_, ways) in TABLE.items() if ways["POST"] is not None and name not in EXCEPT}
READS = {"change-reach", "clause-preview", "order-build-check", "order-build-package", "order-build-panel", "order-build-upload"}  # asked by POST, nothing is changed
MANY = {name for name in WAYS if name not in SCENES and any(one.startswith(f"{name}=") for one in SCENES)}
WRITES = sorted({name for name in WAYS if name not in MANY} | set(SCENES))


def twice(world, name):
    """Both answers to the same keyed write, how many are kept, and what each wrote besides its claim of the key."""
    route, savepoint, client, cookies = ROUTES[name.partition("=")[0]], transaction.savepoint(), None, None
    try:
        sent = SCENES[name](world, NOW) if name in SCENES else Sent(route.data(world.ids))
        client = world.clients[sent.who or WAYS[route.name][:1] or OWN]
        cookies = copy.deepcopy(client.cookies)
        url = route.url(world.ids, sent.ids) + sent.query
        answers, writes = [], []
        for _ in range(2):
            with CaptureQueriesContext(connection) as found:
                answers.append(posted(client, url, sent))
            writes.append([one["sql"][:120] for one in found if wrote(one["sql"])])
        return *answers, KeptReply.objects.filter(key=KEY["Idempotency-Key"]).count(), *writes
    finally:
        transaction.savepoint_rollback(savepoint)
        if client is not None:
            client.cookies = cookies


def posted(client, url, sent):
    """The write, with its files anew."""
    if sent.json:
        return client.post(url, json.dumps(sent.data), content_type="application/json", headers=KEY)
    data = {name: SimpleUploadedFile(*value) if isinstance(value, tuple) else value for name, value in sent.data.items()}
    return client.post(url, data, headers=KEY)


def wrote(sql):
    """Whether a statement changes a record or queues a job: not the claim of a key, nor the session."""
    return (sql.startswith(("INSERT", "UPDATE", "DELETE", "WITH")) or "procrastinate_defer" in sql) and not any(f'"{table}"' in sql for table in ("core_keptreply", "django_session"))


@pytest.mark.parametrize("name", WRITES)
def test_the_same_key_again(name, world, ask):
    first, second, kept, effect, again = twice(world, name)
    assert (first.status_code < 400, kept, bool(effect)) == (True, 1, name not in READS), first.content.decode()[-2000:]
    assert (second.status_code, second.get("Location"), second.content, again) == (first.status_code, first.get("Location"), first.content, [])


def test_every_action_of_every_list_and_every_verb_is_among_them():
    lists = {name: resolve(ROUTES[name].url({})).func.grid.actions for name in WAYS if not ROUTES[name].names and hasattr(resolve(ROUTES[name].url({})).func, "grid")}
    assert len(lists) > 5
    assert [name for name, actions in lists.items() for action in actions if f"{name}={action.key}" not in SCENES] == []
    assert {name for name in WAYS if "verb" in ROUTES[name].names} <= MANY


def test_a_write_that_is_done_again_would_be_seen(world, ask, monkeypatch):
    """The control: nobody reads the key."""
    monkeypatch.setattr(repeats, "HEADER", "X-Unread")
    _, _, kept, effect, again = twice(world, "order-say")
    assert (kept, bool(effect), bool(again)) == (0, True, True)

"""R5 over every address that takes a write: the same key again gives the same answer and changes nothing."""

import copy
import pathlib

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from makegood.core.models import KeptReply
from tests.permissions.test_matrix import OWN, ROUTES, TABLE

KEY = {"Idempotency-Key": "sent-again"}
EXCEPT = {
    "account_login", "account_logout",  # a session begins or ends: no record changes
    "sign-link",  # by its link, without a sign-in: tests/interfaces/web/portal/test_by_link.py
}  # fmt: skip
WAYS = {name: ways["POST"] for name, (_, ways) in TABLE.items() if ways["POST"] is not None and name not in EXCEPT}
GIVEN = {  # what these writes need besides, to have an effect
    "account-brand": {"name": "Oats"}, "account-contact": {"name": "Ola Oak", "email": "ola@bank.example"}, "account-credit": {"status": "stop", "why": "late"},
    "brief-lose": {"why": "price"}, "hold-extend": {"days": "3", "why": "the board"}, "today-hold": {"do": "release", "why": "They stop"},
    "import-fix": {"place": "field:campaign", "value": "Spring"}, "import-party": {"role": "advertiser", "account": "{own}"},
    "import-product": {"line": "1", "product": "{product}"}, "order-withdraw": {"why": "The rate"}, "view-save": {"list": "orders", "name": "All", "query": ""},
}  # fmt: skip
REFUSED = [line for line in (pathlib.Path(__file__).parent / "refused.txt").read_text().splitlines() if not line.startswith("#")]


def twice(world, route):
    """Both answers to the same keyed write, how many are kept, and what the second wrote besides its claim of the key."""
    may = WAYS[route.name]
    client, savepoint = world.clients[may[0] if may else OWN], transaction.savepoint()
    url, data, cookies = route.url(world.ids), route.data(world.ids), copy.deepcopy(client.cookies)
    data |= {name: value.format(**world.ids) for name, value in GIVEN.get(route.name, {}).items()}
    try:
        first = client.post(url, data, headers=KEY)
        with CaptureQueriesContext(connection) as found:
            second = client.post(url, data, headers=KEY)
        return first, second, KeptReply.objects.filter(key=KEY["Idempotency-Key"]).count(), [one["sql"][:120] for one in found if wrote(one["sql"])]
    finally:
        transaction.savepoint_rollback(savepoint)
        client.cookies = cookies


def wrote(sql):
    """Whether a statement changes a record: not the claim of a key, nor the session."""
    return sql.startswith(("INSERT", "UPDATE", "DELETE", "WITH")) and not any(f'"{table}"' in sql for table in ("core_keptreply", "django_session"))


@pytest.mark.parametrize("name", sorted(WAYS))
def test_the_same_key_again(name, world, ask):
    first, second, kept, written = twice(world, ROUTES[name])
    assert (second.status_code, second.get("Location")) == (first.status_code, first.get("Location"))
    assert (kept, first.status_code >= 400) == (name not in REFUSED, name in REFUSED)
    assert name in REFUSED or (written == [] and first.content == second.content)  # what is refused may write and take it back

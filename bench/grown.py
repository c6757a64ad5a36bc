"""The demo's book grown to a size for the length of a measurement: orders, lines, flights, paces, bills, activities copied in SQL.

Nine of ten copies are over and lie in the past, as in a book of some years. Nothing is kept: the transaction is rolled back.
"""
import contextlib
from collections.abc import Iterator
from typing import Any

FAR = "10000000 * k"  # distance between the ids of copies
FLIGHTS_A_LINE = 5
PAST = "k % 10 > 0"
EARLIER = f"CASE WHEN {PAST} THEN 90 + 4 * k ELSE 0 END"
START, END = f"start - {EARLIER}", f'"end" - {EARLIER}'
STATUS = f"CASE WHEN {PAST} AND status IN ('booked', 'ready', 'live', 'paused') THEN 'completed' ELSE status END"
RULES = {
    "orders.Order": {"id": f"id + {FAR}", "number": "number || '-' || k", "start": START, "end": END, "status": STATUS},
    "orders.Line": {"id": f"id + {FAR}", "order_id": f"order_id + {FAR}", "start": START, "end": END, "status": STATUS},
    "orders.Flight": {"id": f"id + {FAR}", "line_id": f"line_id + {FAR}", "start": START, "end": END, "status": STATUS},
    "delivery.Pace": {
        "id": f"id + {FAR}", "line_id": f"line_id + {FAR}", "state": f"CASE WHEN {PAST} THEN 'ok' ELSE state END", "at_risk": f"CASE WHEN {PAST} THEN 0 ELSE at_risk END",
    },
    "billing.Invoice": {
        "id": f"id + {FAR}", "order_id": f"order_id + {FAR}", "number": "number || '-' || k", "period_start": f"period_start - {EARLIER}",
        "period_end": f"period_end - {EARLIER}", "status": f"CASE WHEN {PAST} AND status = 'issued' THEN 'paid' ELSE status END",
    },
    "core.Activity": {"id": f"id + {FAR}", "subject_id": f"subject_id + {FAR}", "root_id": f"root_id + {FAR}", "at": f"at - make_interval(days => {EARLIER})"},
}  # fmt: skip


class _Undo(Exception):
    """Ends the transaction without keeping anything."""


@contextlib.contextmanager
def book(orders: int) -> Iterator[dict[str, int]]:
    """The book with about that many orders; yields how many rows of each kind there are. Needs a superuser's rights."""
    from django.apps import apps
    from django.db import connection, transaction

    models = {name: apps.get_model(name) for name in RULES}
    with contextlib.suppress(_Undo), transaction.atomic():
        _grow(models, orders)
        yield {name.partition(".")[2].lower(): model._base_manager.count() for name, model in models.items()}
        raise _Undo
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _grow(models: dict[str, Any], orders: int) -> None:
    from django.db import connection

    copies = max(0, round(orders / max(1, models["orders.Order"].objects.count())) - 1)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")  # no triggers: a status is written here without its door
        more = {"id": "id + 1000000 * k", "number": "number + 100 * k"}
        _copy(cursor, models["orders.Flight"], more, FLIGHTS_A_LINE - 1)
        for name, rules in RULES.items():
            _copy(cursor, models[name], rules, copies)
        cursor.execute("ANALYZE")


def _copy(cursor: Any, model: type[Any], rules: dict[str, str], copies: int) -> None:
    """Copies of every row, each column as it is or by its rule, in which k is the number of the copy."""
    columns = [field.column for field in model._meta.concrete_fields]
    names, values = ", ".join(f'"{one}"' for one in columns), ", ".join(rules.get(one, f'"{one}"') for one in columns)
    table = f'"{model._meta.db_table}"'
    cursor.execute(f"INSERT INTO {table} ({names}) SELECT {values} FROM {table}, generate_series(1, {copies}) k")

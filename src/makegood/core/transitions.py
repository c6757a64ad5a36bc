"""The one door for status: the only code that assigns a status field, always with an activity row."""

import datetime
from typing import TypeVar

from django.db import connection, models

from makegood.core import activity, verbs
from makegood.core.errors import IllegalMove
from makegood.core.models import Person
from makegood.core.states import Machine

Record = TypeVar("Record", bound=models.Model)


@verbs.whole
def move(
    record: Record, to: str, *, by: Person | None, at: datetime.datetime, why: str = "", verb: str = "",
    visible_to_client: bool = False, field: str = "status", **fields: object,
) -> Record:  # fmt: skip
    """Move `record` to state `to` under a row lock; other `fields` change in the same statement.

    The record's class names its machine as `machine`. Raises IllegalMove, with nothing changed, when the table has no
    such edge; the database trigger made from the same table refuses everybody else.
    """
    machine: Machine = record.machine  # type: ignore[attr-defined]
    current = _locked(record, field)
    if not machine.allows(current, to):
        legal = ", ".join(machine.moves.get(current, ())) or "nothing: it is final"
        raise IllegalMove(f"{machine.name} is {current} and cannot become {to}.", place=str(record), remedy=f"From here: {legal}.")
    before = {field: current} | {name: activity.plain(getattr(record, name)) for name in fields}
    type(record)._base_manager.filter(pk=record.pk).update(**{field: to}, **fields)
    for name, value in ({field: to} | fields).items():
        setattr(record, name, value)
    after = {field: to} | {name: activity.plain(value) for name, value in fields.items()}
    activity.record(
        record, verb or f"{machine.name}.{to}", by=by, at=at, why=why, before=before, after=after,
        visible_to_client=visible_to_client,
    )  # fmt: skip
    return record


def start(record: Record, *, by: Person | None, at: datetime.datetime, why: str = "", verb: str = "", visible_to_client: bool = False) -> Record:
    """Log the creation of a just saved `record` in its initial state."""
    machine: Machine = record.machine  # type: ignore[attr-defined]
    activity.record(
        record, verb or f"{machine.name}.created", by=by, at=at, why=why, after={"status": record.status},  # type: ignore[attr-defined]
        visible_to_client=visible_to_client,
    )  # fmt: skip
    return record


def _locked(record: models.Model, field: str) -> str:
    """The state the database has, its row locked. Said in SQL: this is asked at every step of every record."""
    meta, quote = record._meta, connection.ops.quote_name
    wanted, table, key = quote(meta.get_field(field).column), quote(meta.db_table), quote(meta.pk.column)  # type: ignore[union-attr]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {wanted} FROM {table} WHERE {key} = %s FOR UPDATE", [record.pk])
        row = cursor.fetchone()
    if row is None:
        raise type(record).DoesNotExist(f"{meta.label} {record.pk} is not there.")  # type: ignore[attr-defined]
    return str(row[0])

"""The one door for status: the only code that assigns a status field, always with an activity row."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from django.db import connection, models

from makegood.core import activity, verbs
from makegood.core.errors import IllegalMove
from makegood.core.models import Activity, Person
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
    return move_all([record], to, by=by, at=at, why=why, verb=verb, visible_to_client=visible_to_client, field=field, **fields)[0]


@verbs.whole
def move_all(
    records: Sequence[Record], to: str, *, by: Person | None, at: datetime.datetime, why: str = "", verb: str = "",
    visible_to_client: bool = False, field: str = "status", **fields: object,
) -> Sequence[Record]:  # fmt: skip
    """`move` for records of one class, all or none, in two statements however many they are; an activity for each."""
    if not records:
        return records
    machine: Machine = records[0].machine  # type: ignore[attr-defined]
    left = _moved(records, machine, to, field, fields)
    before = [{field: left[record.pk]} | {name: activity.plain(getattr(record, name)) for name in fields} for record in records]
    for record in records:
        for name, value in ({field: to} | fields).items():
            setattr(record, name, value)
    after = {field: to} | {name: activity.plain(value) for name, value in fields.items()}
    entries = [
        activity.entry(record, verb or f"{machine.name}.{to}", by=by, at=at, why=why, before=was, after=after, visible_to_client=visible_to_client)
        for record, was in zip(records, before, strict=True)
    ]
    Activity.objects.bulk_create(entries)
    return records


def start(record: Record, *, by: Person | None, at: datetime.datetime, why: str = "", verb: str = "", visible_to_client: bool = False) -> Record:
    """Log the creation of a just saved `record` in its initial state."""
    return start_all([record], by=by, at=at, why=why, verb=verb, visible_to_client=visible_to_client)[0]


def start_all(
    records: Sequence[Record], *, by: Person | None, at: datetime.datetime, why: str = "", verb: str = "", visible_to_client: bool = False
) -> Sequence[Record]:
    """`start` for just saved records of one class, in one statement."""
    entries = [
        activity.entry(
            record, verb or f"{record.machine.name}.created", by=by, at=at, why=why, after={"status": record.status},  # type: ignore[attr-defined]
            visible_to_client=visible_to_client,
        )
        for record in records
    ]  # fmt: skip
    Activity.objects.bulk_create(entries)
    return records


def _moved(records: Sequence[models.Model], machine: Machine, to: str, field: str, fields: Mapping[str, object]) -> dict[int, str]:
    """The states left, by id, of rows locked in order of ids. Said in SQL: this is asked at every step of every record."""
    meta, quote = records[0]._meta, connection.ops.quote_name
    key, state, table = quote(meta.pk.column), quote(meta.get_field(field).column), quote(meta.db_table)  # type: ignore[union-attr]
    changed = {quote(meta.get_field(name).column): _stored(meta.get_field(name), value) for name, value in ({field: to} | fields).items()}  # type: ignore[union-attr]
    ids, sources = [record.pk for record in records], [source for source in machine.moves if machine.allows(source, to)]
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} AS row SET {', '.join(f'{column} = %s' for column in changed)}"
            f" FROM (SELECT {key}, {state} FROM {table} WHERE {key} = ANY(%s) ORDER BY {key} FOR UPDATE) AS was"
            f" WHERE row.{key} = was.{key} AND was.{state} = ANY(%s) RETURNING row.{key}, was.{state}",
            [*changed.values(), ids, sources],
        )
        left = {pk: str(state) for pk, state in cursor.fetchall()}
    for record in records:
        if record.pk not in left:
            raise _illegal(record, machine, to, field)
    return left


def _stored(field: Any, value: object) -> object:
    """A value as the database takes it."""
    return field.get_db_prep_save(value.pk if isinstance(value, models.Model) else value, connection)


def _illegal(record: models.Model, machine: Machine, to: str, field: str) -> IllegalMove:
    """Why it did not move. Raises DoesNotExist when it is not there."""
    state = str(type(record)._base_manager.values_list(field, flat=True).get(pk=record.pk))
    legal = ", ".join(machine.moves.get(state, ())) or "nothing: it is final"
    return IllegalMove(f"{machine.name} is {state} and cannot become {to}.", place=str(record), remedy=f"From here: {legal}.")

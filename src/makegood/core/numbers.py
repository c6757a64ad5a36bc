"""Taking the next gapless number of a series."""

from django.db import connection

from makegood.core.models import NumberSeries


def take(series: str) -> int:
    """The next number, under a row lock held to the end of the caller's transaction: a rollback leaves no gap."""
    if not connection.in_atomic_block:
        raise RuntimeError("numbers are taken inside the transaction of the document they number")
    table = NumberSeries._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} AS series (name, last) VALUES (%s, 1) ON CONFLICT (name) DO UPDATE SET last = series.last + 1 RETURNING last",
            [series],
        )
        return int(cursor.fetchone()[0])

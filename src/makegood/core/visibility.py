"""Rows an actor may see: everything for the seller's people, their own parties' rows for clients."""

from typing import TypeVar

from django.db import models

from makegood.core import permissions
from makegood.core.models import Person

Row = TypeVar("Row", bound=models.Model)


def scoped(rows: models.QuerySet[Row], actor: Person, *paths: str, client_only: models.Q | None = None) -> models.QuerySet[Row]:
    """`rows` narrowed to what `actor` sees. `paths` lead to a party's id; a client needs any of them to be theirs.

    `client_only` is a further condition for clients (only what is marked visible to them).
    """
    if actor.is_staff_member:
        return rows
    mine = models.Q(pk__in=[])
    for path in paths:
        mine |= models.Q(**{f"{path}__in": permissions.party_ids(actor)})
    return rows.filter(mine & client_only if client_only is not None else mine)

"""A verb is whole or not at all: the transaction of every action, and of the actions it calls.

Says nothing of what verbs do, nor who may.
"""

import functools
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from django.db import transaction

Given = ParamSpec("Given")
Made = TypeVar("Made")


def whole(verb: Callable[Given, Made]) -> Callable[Given, Made]:
    """Run `verb` in a transaction, or in a savepoint of its caller's, so that a refusal leaves nothing behind.

    A verb called by a verb needs no savepoint of its own: the outer one undoes both, and no verb catches another's
    refusal. Two statements less for each of the many moves inside one action.
    """

    @functools.wraps(verb)
    def run(*given: Given.args, **named: Given.kwargs) -> Made:
        connection = transaction.get_connection()
        inside = getattr(connection, "inside_verb", False)
        with transaction.atomic(savepoint=not inside):
            connection.inside_verb = True  # type: ignore[attr-defined]
            try:
                return verb(*given, **named)
            finally:
                connection.inside_verb = inside  # type: ignore[attr-defined]

    return run

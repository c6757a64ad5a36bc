"""A verb is whole or not at all: the transaction of every action, and of the actions it calls.

Says nothing of what verbs do, nor who may.
"""

import functools
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar, cast

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
        outer = _memory()
        with transaction.atomic(savepoint=outer is None):
            connection.verb_memory = {} if outer is None else outer  # type: ignore[attr-defined]
            try:
                return verb(*given, **named)
            finally:
                connection.verb_memory = outer  # type: ignore[attr-defined]

    return run


def once(read: Callable[[], Made]) -> Callable[[], Made]:
    """Ask `read` once within a verb: for what many of its steps need and none changes, such as the seller."""

    @functools.wraps(read)
    def run() -> Made:
        memory = _memory()
        if memory is None:
            return read()
        if read not in memory:
            memory[read] = read()
        return cast(Made, memory[read])

    return run


def _memory() -> dict[Callable[[], Any], Any] | None:
    """What the verb that runs has asked so far; None outside of verbs."""
    return getattr(transaction.get_connection(), "verb_memory", None)

"""Views say which verb they need; whoever may not gets the page that says who may."""

import functools
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from makegood.core import permissions

View = Callable[..., HttpResponse]


def permitted(verb: str) -> Callable[[View], View]:
    """Let a view run only for people who may do `verb` at all. Rules about one record are checked by the action."""

    def wrap(view: View) -> View:
        @functools.wraps(view)
        def checked(request: HttpRequest, *args: Any, **more: Any) -> HttpResponse:
            permissions.check(request.user, verb)  # type: ignore[arg-type]
            return view(request, *args, **more)

        checked.verb = verb  # type: ignore[attr-defined]
        return checked

    return wrap

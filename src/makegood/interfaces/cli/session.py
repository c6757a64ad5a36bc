"""What a command needs before it acts: the database, the moment, the person acting, the record named."""

import contextlib
import datetime
import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from makegood.interfaces.cli import output

if TYPE_CHECKING:
    from makegood.core.models import Person
    from makegood.orders.models import Order

Who = Annotated[str, typer.Option("--as", help="E-mail of the person who does this; else MAKEGOOD_AS.", envvar="MAKEGOOD_AS")]
When = Annotated[str, typer.Option("--at", help="The moment it happens (ISO, with zone); else now.", hidden=True)]


@contextlib.contextmanager
def opened(context: typer.Context, *, as_json: bool) -> Iterator[None]:
    """The database open and Django ready; refusals become one line and exit status 1."""
    os.environ.setdefault("MAKEGOOD_LOG_LEVEL", "ERROR")
    with output.told(as_json=as_json), context.obj():
        yield


def moment(at: str = "") -> datetime.datetime:
    """The moment an action happens."""
    from django.utils import timezone

    from makegood.core.errors import Invalid

    if not at:
        return timezone.now()
    try:
        found = datetime.datetime.fromisoformat(at)
    except ValueError:
        raise Invalid(f"{at!r} is no moment.", place="--at", remedy="Write it like 2026-11-23T10:00:00+00:00.") from None
    return found if found.tzinfo else found.replace(tzinfo=datetime.UTC)


def actor(email: str) -> "Person":
    """The person acting. Raises Invalid when nobody is named or known."""
    from makegood.core.errors import Invalid
    from makegood.core.models import Person

    if not email:
        raise Invalid("nobody is named.", place="--as", remedy="Say who does this: --as dana.whitfield@northlight.example.")
    found = Person.objects.filter(email=email.lower(), is_active=True).first()
    if found is None:
        raise Invalid(f"{email} is not known here.", place="--as", remedy="See `makegood people list`.")
    return found


def order(number: str, by: "Person | None" = None) -> "Order":
    """The order of that number (or id), as far as `by` may see it."""
    from makegood.core.errors import Invalid
    from makegood.orders import queries
    from makegood.orders.models import Order

    rows = queries.visible_to(by) if by else Order.objects.all()
    found = rows.filter(number__iexact=number).first() or (rows.filter(pk=int(number)).first() if number.isdigit() else None)
    if found is None:
        raise Invalid("there is no such order.", place=number, remedy="Orders are named like MG-00012.")
    return found

"""Tokens with which others' servers ask for bids: given to a name, and ended. Either leaves its row in the activity log."""

import datetime

from makegood.adserver.openrtb import callers
from makegood.core import activity, permissions, verbs
from makegood.core.errors import Invalid, Refused
from makegood.core.models import Person
from makegood.trafficking.models import Caller
from makegood.trafficking.plan import writing


@verbs.whole
def give(name: str, *, by: Person | None, at: datetime.datetime) -> Caller:
    """A caller of that name, once; its token is in `token`. Raises Invalid for a name that cannot be signed, Refused for one that ended."""
    permissions.check(by, "trafficking.publish")
    if not callers.NAME.fullmatch(name):
        raise Invalid(f"{name!r} is no caller's name.", place="caller", remedy="Use small letters, digits and hyphens, 40 at most.")
    writing.signing_keys()
    made, new = Caller.objects.select_for_update().get_or_create(name=name, defaults={"by": by, "at": at})
    if made.ended_at:
        raise Refused(f"the token of {name} was ended on {made.ended_at:%Y-%m-%d}.", place="caller", remedy="Give them another name.")
    if new:
        activity.record(made, "caller.token_given", by=by, at=at, after={"name": name})
    return made


@verbs.whole
def end(caller: Caller, *, by: Person | None, at: datetime.datetime, why: str = "") -> Caller:
    """Its token asks for nothing more from the next plan on. Raises Refused when it has ended before."""
    permissions.check(by, "trafficking.publish")
    if Caller.objects.select_for_update().get(pk=caller.pk).ended_at:
        raise Refused(f"the token of {caller.name} has ended already.", place="caller", remedy="Nothing is left to do.")
    activity.change(caller, "caller.token_ended", by=by, at=at, why=why, ended_at=at, ended_by=by)
    return caller


def token(caller: Caller) -> str:
    """What it asks with, "" once it has ended."""
    return "" if caller.ended_at else callers.token(writing.signing_keys(), caller.name)

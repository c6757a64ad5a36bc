"""The tabs Conversation and History: what was written and what happened, revisions with what changed between them."""

import dataclasses
import itertools
from typing import Any

from makegood.core import queries
from makegood.core.models import Person
from makegood.interfaces.web import components as c
from makegood.interfaces.web.orders import events
from makegood.orders import queries as orders
from makegood.orders.queries.campaign import CampaignView, RevisionView
from makegood.orders.queries.revisions import RevisionDiff
from makegood.work import queries as work

SHOWN = 200


@dataclasses.dataclass(frozen=True)
class Revised:
    """A revision and what it changed against the one before (None for the first)."""

    revision: RevisionView
    diff: RevisionDiff | None


def conversation(actor: Person, seen: CampaignView) -> dict[str, Any]:
    """The thread, oldest first."""
    rows = work.thread(actor, "orders.order", seen.order.pk)
    found = [c.Comment(one.by.name, one.at, one.text, "client" if one.visible_to_client else "us", one.by_id == actor.pk) for one in rows]
    return {"comments": found}


def history(actor: Person, seen: CampaignView) -> dict[str, Any]:
    """Everything that happened, newest first, and the revisions."""
    frozen = list(seen.order.revisions.all())  # loaded with the campaign, newest first
    diffs = [orders.diff(old, new) for new, old in itertools.pairwise(frozen)]
    revised = [Revised(view, diff) for view, diff in zip(seen.revisions, [*diffs, None], strict=False)]
    return {"events": events.events(queries.history(actor, seen.order, limit=SHOWN)), "revised": revised, "limit": SHOWN}

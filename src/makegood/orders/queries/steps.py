"""What may be done with an order now: by whom, and for what is blocked, what is missing and who can supply it."""

import dataclasses
from collections.abc import Sequence

from makegood.accounts import credit
from makegood.core import permissions
from makegood.core.models import Person, Role
from makegood.orders import promises
from makegood.orders.queries.campaign import CampaignView
from makegood.work.approving.stages import NAMED
from makegood.work.models import Approval

RUNNING = ("booked", "live")


@dataclasses.dataclass(frozen=True)
class Step:
    """One step. Open when `needs` is empty; `then` says what it leads to. `main` is the one that takes the order on."""

    key: str
    label: str
    needs: str = ""
    then: str = ""
    main: bool = False

    @property
    def open(self) -> bool:
        """Whether `actor` may take it now."""
        return not self.needs


def steps(actor: Person, seen: CampaignView, approvals: Sequence[Approval] = ()) -> tuple[Step, ...]:
    """The steps of an order in its present state for `actor`; `approvals` are those pending for it."""
    found = _AT.get(seen.order.status, lambda *_: [])(actor, seen, approvals)
    if seen.order.machine.allows(seen.order.status, "cancelled"):
        agreed = "Ask a lead: without notice and fee it ends by agreement only." if seen.order.status == "live" and not actor.has_role(Role.LEAD) else ""
        found.append(_step(actor, seen, "cancel", "Cancel order", "orders.cancel", agreed, then="Reserved inventory is free again."))
    return tuple(found)


def signed(seen: CampaignView) -> set[str]:
    """The sides that signed the current revision."""
    return {mark.side for one in seen.revisions if one.number == seen.order.revision for mark in one.signatures}


def _draft(actor: Person, seen: CampaignView, approvals: Sequence[Approval]) -> list[Step]:
    missing = "" if any(line.status != "cancelled" for line in seen.lines) else "It has no lines. Add one in the builder."
    then = "Freezes this revision and asks for what needs approval."
    missing = missing or _credit(seen, credit.Step.SUBMIT)
    build = _step(actor, seen, "build", "Open the builder", "orders.draft")
    return [_step(actor, seen, "submit", "Submit for approval", "orders.submit", missing, then, main=True), build]


def _pending(actor: Person, seen: CampaignView, approvals: Sequence[Approval]) -> list[Step]:
    waiting = "; ".join(f"{one.title} (by {who(one)})" for one in approvals) or "an approval"
    return [
        Step("sign", "Sign", f"Waits for approval: {waiting}.", main=True),
        _step(actor, seen, "withdraw", "Withdraw to draft", "orders.draft", then="Voids the approvals asked for."),
    ]


def _approved(actor: Person, seen: CampaignView, approvals: Sequence[Approval]) -> list[Step]:
    done = signed(seen)
    client = f"A contact of {seen.agency or seen.advertiser} signs in the portal or by link."
    found = []
    if "seller" not in done:
        found.append(_step(actor, seen, "sign", "Sign for us", "orders.sign", then="The client can sign before or after.", main=True))
    if "client" not in done:
        paper = _step(actor, seen, "countersign", "Record client signature", "orders.sign", then="For a document signed on paper.")
        found.append(dataclasses.replace(paper, main="seller" in done))
        found.append(Step("client", "Client signature", client))
    return [*found, _step(actor, seen, "withdraw", "Withdraw to draft", "orders.draft", then="Voids approvals and signatures.")]


def _signed(actor: Person, seen: CampaignView, approvals: Sequence[Approval]) -> list[Step]:
    return [
        _step(actor, seen, "book", "Book", "orders.book", _credit(seen, credit.Step.BOOK) or _kept(seen), then="Reserves the inventory of every line, or says who has it.", main=True),
        _change(actor, seen, approvals)[0],
        _step(actor, seen, "withdraw", "Withdraw to draft", "orders.draft", then="Voids approvals and signatures."),
    ]


def _change(actor: Person, seen: CampaignView, approvals: Sequence[Approval]) -> list[Step]:
    return [_step(actor, seen, "change", "Change this order", "orders.change", then="Nothing happens before it is pushed or signed.")]


def _running(actor: Person, seen: CampaignView, approvals: Sequence[Approval]) -> list[Step]:
    notice = _step(actor, seen, "notice", "Cancel by notice", "orders.cancel", then="By the notice and the fee that were agreed.")
    return [*_change(actor, seen, approvals), notice]


def _credit(seen: CampaignView, step: credit.Step) -> str:
    """What the payer's credit state says against a step, and who lifts it; empty where it does not stop it."""
    payer = seen.order.bill_to
    return " ".join(credit.why(payer)) if credit.stops(payer, step) else ""


def _kept(seen: CampaignView) -> str:
    """What was promised to another client and keeps the order from being booked."""
    order = seen.order
    lines = list(order.lines.exclude(status="cancelled").select_related("product"))
    found = promises.against(order, order.revisions.filter(number=order.revision).first(), lines)
    return f"{promises.said(found)}. {promises.REMEDY}" if found else ""


_AT = {"draft": _draft, "pending": _pending, "approved": _approved, "signed": _signed, "booked": _running, "live": _running, "completed": _change}


def _step(
    actor: Person, seen: CampaignView, key: str, label: str, verb: str, missing: str = "", then: str = "", *, main: bool = False
) -> Step:
    if not missing and not permissions.may(actor, verb, seen.order):
        missing = f"Ask {permissions.VERBS[verb].who}."
    return Step(key, label, missing, then, main)


def who(approval: Approval) -> str:
    """The roles that may decide it, in words; whoever was asked by name."""
    roles = [role for role in approval.roles if role != NAMED]
    return " or ".join([*([permissions.roles(*roles).who] if roles else []), *(["whoever is named for it"] if NAMED in approval.roles else [])])

"""`makegood order change ...`: a booked order changed step by step, and cancelled by notice."""

import json as encoding
from decimal import Decimal
from typing import Annotated, Any

import typer

from makegood.interfaces.cli import output, session
from makegood.interfaces.cli.output import Json
from makegood.interfaces.cli.session import When, Who

Number = Annotated[str, typer.Argument(help="The order's number, like MG-00012.")]
Why = Annotated[str, typer.Option("--why", help="The reason, for the history.")]


def change(
    context: typer.Context, number: Number, who: Who = "", op: Annotated[list[str], typer.Option("--op", help='An operation as JSON: {"op": "line.quantity", "line": 1, "quantity": 5}.')] = [],  # noqa: B006
    undo: Annotated[bool, typer.Option("--undo", help="Take the last operation back.")] = False, why: Why = "", json: Json = False, at: When = "",
) -> None:  # fmt: skip
    """Collect operations in the order's open change, begun when there is none; shows what it would come to."""
    with session.opened(context, as_json=json):
        from makegood.orders.actions import changing
        from makegood.workflows import changing as workflow

        by, moment = session.actor(who), session.moment(at)
        order = session.order(number)
        found = _open(order, by) or changing.begin(order, by=by, at=moment, reason=why)
        if undo:
            changing.take_back(found, by=by, at=moment)
        for one in op:
            workflow.collect(found, _read(one), by=by, at=moment)
        output.show(_shown(workflow.preview(by, found.pk, at=moment)), as_json=json)


def push(context: typer.Context, number: Number, who: Who = "", why: Why = "", json: Json = False, at: When = "") -> None:
    """Bring a delivery-only change into effect at once, and publish."""
    with session.opened(context, as_json=json):
        from makegood.workflows import changing as workflow

        by = session.actor(who)
        output.show(_state(workflow.push(_must(number, by), by=by, at=session.moment(at), why=why)), as_json=json)


def send(context: typer.Context, number: Number, who: Who = "", why: Why = "", json: Json = False, at: When = "") -> None:
    """Send a commercial change for approval and signature; the order runs on as it was."""
    with session.opened(context, as_json=json):
        from makegood.workflows import changing as workflow

        by = session.actor(who)
        output.show(_state(workflow.send(_must(number, by), by=by, at=session.moment(at), reason=why)), as_json=json)


def withdraw(context: typer.Context, number: Number, who: Who = "", why: Why = "", json: Json = False, at: When = "") -> None:
    """Undo a pending change before it has effect."""
    with session.opened(context, as_json=json):
        from makegood.orders.actions import changing

        by = session.actor(who)
        output.show(_state(changing.withdraw(_must(number, by), by=by, at=session.moment(at), why=why)), as_json=json)


def sign(
    context: typer.Context, number: Number, name: Annotated[str, typer.Option("--name", help="The signature, as typed.")], who: Who = "",
    side: Annotated[str, typer.Option("--side", help="client or seller")] = "seller",
    on_paper: Annotated[str, typer.Option("--on-paper", help="Where a client's signature was seen.")] = "", json: Json = False, at: When = "",
) -> None:  # fmt: skip
    """Sign a change for one side; with both it takes effect."""
    with session.opened(context, as_json=json):
        from makegood.workflows import changing as workflow

        by = session.actor(who)
        output.show(_state(workflow.sign(_must(number, by), side, name, by=by, at=session.moment(at), on_paper=on_paper)), as_json=json)


def notice(
    context: typer.Context, number: Number, source: Annotated[str, typer.Option("--source", help="Where the notice is.")], why: Why = "", who: Who = "",
    fee: Annotated[str, typer.Option("--fee", help="What is billed of the fee; less than is owed waits for a lead.")] = "", json: Json = False, at: When = "",
) -> None:  # fmt: skip
    """Cancel by the notice and the fee that were agreed."""
    with session.opened(context, as_json=json):
        from makegood.workflows import changing as workflow

        order = session.order(number)
        made = workflow.give_notice(order, by=session.actor(who), at=session.moment(at), source=source, why=why, fee=Decimal(fee) if fee else None)
        output.show(_state(made) | made.notice, as_json=json)


def terms(
    context: typer.Context, number: Annotated[str, typer.Argument(help="An order's or a contract's number; empty for the seller's own.")] = "",
    notice_days: Annotated[int, typer.Option("--notice-days", help="For guaranteed lines.")] = 30,
    other_notice_days: Annotated[int, typer.Option("--other-notice-days", help="For the others.")] = 7,
    fee_pct: Annotated[str, typer.Option("--fee-pct", help="Of what falls away of guaranteed lines.")] = "50", who: Who = "", json: Json = False, at: When = "",
) -> None:  # fmt: skip
    """Agree the notice and the fee of cancelling: of an order still drafted, of a contract, or what the seller asks for otherwise."""
    with session.opened(context, as_json=json):
        from makegood.accounts.models import Contract
        from makegood.orders.actions import giving_notice
        from makegood.orders.changes.notice import Terms

        contract = Contract.objects.filter(number=number).first() if number else None
        order = session.order(number) if number and contract is None else None
        agreed = Terms(notice_days, other_notice_days, Decimal(fee_pct))
        kept = giving_notice.agree_terms(agreed, by=session.actor(who), at=session.moment(at), order=order, contract=contract)
        output.show({"of": str(order or contract or "the seller"), "notice_days": kept.notice_days, "other_notice_days": kept.other_notice_days, "fee_pct": str(kept.fee_pct)}, as_json=json)


COMMANDS = {"change": change, "push-change": push, "send-change": send, "withdraw-change": withdraw, "sign-change": sign, "cancel-by-notice": notice, "cancellation-terms": terms}


def _open(order: Any, by: Any) -> Any:
    from makegood.orders import queries

    return queries.open_change(by, order)


def _must(number: str, by: Any) -> Any:
    from makegood.core.errors import Invalid

    found = _open(session.order(number), by)
    if found is None:
        raise Invalid("it has no open change.", place=number, remedy="Begin one with `makegood order change`.")
    return found


def _read(text: str) -> Any:
    from makegood.core.errors import Invalid

    try:
        return encoding.loads(text)
    except ValueError:
        raise Invalid(f"{text!r} is not JSON.", place="--op", remedy='Write it like {"op": "line.cut", "line": 2}.') from None


def _state(change: Any) -> dict[str, Any]:
    revision = change.revision.number if change.revision else None
    return {"order": change.order.number, "change": change.number, "status": change.status, "revision": revision, "operations": len(change.operations)}


def _shown(found: Any) -> dict[str, Any]:
    money = found.view.money
    return _state(found.view.change) | {
        "class": found.view.kind.value, "says": [one.says for one in found.view.operations],
        "gross": [money.gross.before, money.gross.after], "net": [money.net.before, money.net.after],
        "months": {one.name: [one.before, one.after] for one in money.months}, "approvals": [one.title for one in found.needs],
        "capacity": {number: one.says for number, _, one in found.capacity}, "bills": [str(one.invoice) for one in found.invoices],
        "outlook": {one.number: {"goal": one.goal, "before": one.before, "after": one.after} for one in found.outlook},
        "problems": [*map(str, found.view.problems), *([str(found.refused)] if found.refused else [])],
    }  # fmt: skip

"""`makegood approval rules`, `propose`, `delegate`, `chase`: who approves what, and changing it (another person approves that)."""

from decimal import Decimal
from typing import Annotated, Any

import typer

from makegood.interfaces.cli import output, session
from makegood.interfaces.cli.output import Json
from makegood.interfaces.cli.session import When, Who


def rules(context: typer.Context, json: Json = False) -> None:
    """The approval rules: from which measure, in which stages."""
    with session.opened(context, as_json=json):
        from makegood.work.models import ApprovalRule

        rows = ApprovalRule.objects.order_by("kind", "above")
        found = [{"id": one.pk, "kind": one.kind, "name": one.name, "above": one.above, "stages": one.stages, "window_days": one.window_days, "active": one.active} for one in rows]
        output.show({"rules": found}, as_json=json, text=_text)


def propose(
    context: typer.Context, kind: Annotated[str, typer.Argument(help="discount, floor, off_card, credit, overbooking, creative_exception …")],
    above: Annotated[str, typer.Option("--above", help="Needed when the measure exceeds this.")],
    stage: Annotated[list[str], typer.Option("--stage", help="WHO[:NEED[:HOURS[:ESCALATE]]], like lead,finance:all:8:leadership; WHO are roles, e-mails, or owner (the account's lead). Again for the next stage.")],
    why: Annotated[str, typer.Option("--why")], name: Annotated[str, typer.Option("--name")] = "",
    rule: Annotated[int, typer.Option("--rule", help="Id of the rule it changes; else a new one.")] = 0,
    window: Annotated[int, typer.Option("--window", help="Days in which one client's measures add up.")] = 0,
    off: Annotated[bool, typer.Option("--off", help="Switch it off.")] = False,
    from_amount: Annotated[str, typer.Option("--from-amount", help="Only where this much money or more is about.")] = "0",
    about: Annotated[list[str], typer.Option("--about", help="Only for this category or clause; again for another.")] = [],  # noqa: B006
    team: Annotated[str, typer.Option("--team", help="Only for this team's orders.")] = "",
    first: Annotated[str, typer.Option("--from", help="First day it stands.")] = "", last: Annotated[str, typer.Option("--to", help="Last day.")] = "", who: Who = "", json: Json = False, at: When = "",
) -> None:  # fmt: skip
    """Ask for a rule to be changed; in force once somebody else has approved it (in Today)."""
    with session.opened(context, as_json=json):
        from makegood.core.errors import Invalid
        from makegood.work.actions import rules as changing
        from makegood.work.models import ApprovalRule

        known = ApprovalRule.objects.filter(pk=rule).first() if rule else None
        if rule and known is None:
            raise Invalid(f"there is no rule {rule}.", place="--rule", remedy="See `makegood approval rules`.")
        wanted = changing.Wanted(
            kind, name or (known.name if known else kind), _amount(above), [_stage(one) for one in stage], window, not off,
            from_amount=_amount(from_amount), about=tuple(about), team=_team(team), starts=_day(first) if first else None, ends=_day(last) if last else None,
        )  # fmt: skip
        asked = changing.propose(wanted, rule=known, why=why, by=session.actor(who), at=session.moment(at))
        output.show({"approval": asked.pk, "title": asked.title, "asked_of": asked.roles, "due": asked.due_at}, as_json=json)


def delegate(
    context: typer.Context, to: Annotated[str, typer.Argument(help="E-mail of the colleague.")], first: Annotated[str, typer.Option("--from", help="First day, like 2026-12-01.")],
    last: Annotated[str, typer.Option("--to", help="Last day.")], kind: Annotated[list[str], typer.Option("--kind", help="Only these kinds.")] = [],  # noqa: B006
    why: Annotated[str, typer.Option("--why")] = "", who: Who = "", json: Json = False, at: When = "",
) -> None:  # fmt: skip
    """Let a colleague decide in your name for some days."""
    with session.opened(context, as_json=json):
        from makegood.work.actions import delegating

        made = delegating.delegate(session.actor(to), _day(first), _day(last), by=session.actor(who), at=session.moment(at), kinds=kind, why=why)
        output.show({"delegation": made.pk, "from": made.start, "to": made.end, "taker": str(made.taker), "kinds": made.kinds}, as_json=json)


def chase(context: typer.Context, json: Json = False, at: When = "") -> None:
    """Remind and escalate whatever waits too long; the worker does it every ten minutes."""
    with session.opened(context, as_json=json):
        from makegood.work.actions import chasing

        reminded, escalated = chasing.chase(at=session.moment(at))
        output.show({"reminded": reminded, "escalated": escalated}, as_json=json)


def attempt(context: typer.Context, number: Annotated[str, typer.Argument(help="The order's number, like MG-00042.")], json: Json = False, at: When = "") -> None:
    """What the rules would ask of an order, and whom, before it is submitted. Nothing is asked by it."""
    with session.opened(context, as_json=json):
        from makegood.core.errors import Invalid
        from makegood.core.queries import seller
        from makegood.orders import availability, trying
        from makegood.orders.models import Order

        order, moment = Order.objects.filter(number__iexact=number).first(), session.moment(at)
        if order is None:
            raise Invalid(f"there is no order {number}.", place="number", remedy="Use one that `makegood order list` shows.")
        found = trying.order(order, availability.check(order, at=moment), seller(), at=moment)
        rows = [{"kind": one.kind, "title": one.title, "measure": one.measure, "rule": str(one.rule or ""), "asked": [f"{says}: {', '.join(names)}" for says, names in one.stages]} for one in found]
        output.show({"order": order.number, "rules": rows}, as_json=json, text=lambda result: "\n".join(f"{row['kind']:<18} {row['title']}  {'; '.join(row['asked']) or 'passes unasked'}" for row in result["rules"]))


COMMANDS = {"try": attempt, "rules": rules, "propose": propose, "delegate": delegate, "chase": chase}


def _stage(text: str) -> Any:
    from makegood.core.errors import Invalid
    from makegood.work.approving.stages import HOURS, Stage

    roles, need, hours, escalate = (*text.split(":"), "", "", "")[:4]
    if hours and not hours.isdecimal():
        raise Invalid(f"{hours!r} is no number of hours.", place="--stage", remedy="Write it like lead:any:8.")
    who, above = ([one.strip() for one in part.split(",") if one.strip()] for part in (roles, escalate))
    named = tuple(session.actor(one).pk for one in who if "@" in one)
    by_role = tuple(one for one in who if "@" not in one and one != "owner")
    return Stage(by_role, int(need) if need.isdecimal() else need or "any", int(hours or HOURS), tuple(above), named=named, owner="owner" in who)


def _team(name: str) -> Any:
    from makegood.core.errors import Invalid
    from makegood.core.models import Team

    found = Team.objects.filter(name__iexact=name).first() if name else None
    if name and found is None:
        raise Invalid(f"there is no team {name!r}.", place="--team", remedy=f"Use one of {', '.join(Team.objects.values_list('name', flat=True))}.")
    return found


def _amount(text: str) -> Decimal:
    from makegood.core.errors import Invalid

    try:
        found = Decimal(text)
    except ArithmeticError:
        found = Decimal("NaN")
    if not found.is_finite():
        raise Invalid(f"{text!r} is no number.", place="--above", remedy="Write it like 15 or 50000.")
    return found


def _day(text: str) -> Any:
    import datetime

    from makegood.core.errors import Invalid

    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise Invalid(f"{text!r} is no day.", place="day", remedy="Write it like 2026-12-01.") from None


def _text(result: dict[str, Any]) -> str:
    rows = []
    for one in result["rules"]:
        stages = ", then ".join(f"{part['need']} of {' or '.join(part['roles'])} in {part['hours']} h" for part in one["stages"])
        rows.append(f"{one['id']:>3} {one['kind']:<20} above {one['above']:>12}  {stages}{'' if one['active'] else '  (off)'}")
    return "\n".join(rows) or "No rule yet."

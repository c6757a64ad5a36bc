"""`makegood order ...`: reading without a database, and every step from import to booked."""

import pathlib
from typing import Annotated, Any

import typer

from makegood.interfaces.cli import changing, layouts, life, output, sealed, session
from makegood.interfaces.cli.output import Json
from makegood.interfaces.cli.session import When, Who

app = typer.Typer(no_args_is_help=True)
File = Annotated[pathlib.Path, typer.Argument(help="The document: xlsx, xls, csv, pdf, or json of a standard.")]
Number = Annotated[str, typer.Argument(help="The order's number, like MG-00012.")]


@app.command()
def read(file: File, json: Json = False) -> None:
    """Read an insertion order: every value with its place and a confidence; problems named. Nothing is stored."""
    with output.told(as_json=json):
        if not file.is_file():
            output.fail("there is no such file", str(file), "Check the path.", as_json=json)
        from makegood.documents import orders
        from makegood.interfaces.cli import reading

        document = orders.read(file)
        output.show(reading.plainly(document), as_json=json, text=reading.as_text)


@app.command(name="import")
def take(
    context: typer.Context, file: File, who: Who = "", yes: Annotated[bool, typer.Option("--yes", help="Take every default.")] = False,
    json: Json = False, at: When = "",
) -> None:  # fmt: skip
    """Make a draft order of a document. What is doubtful is listed and waits, unless --yes takes the defaults."""
    with session.opened(context, as_json=json):
        from makegood.workflows.ordering import intake

        taken = intake.take(file, by=session.actor(who), at=session.moment(at), accept_defaults=yes, submit=False)
        output.show(_order(taken.order), as_json=json)


@app.command()
def check(context: typer.Context, number: Number, json: Json = False, at: When = "") -> None:
    """Availability of each line: matched − reserved − held − caps = available."""
    with session.opened(context, as_json=json):
        from makegood.orders import availability

        order = session.order(number)
        found = availability.check(order, at=session.moment(at), relax=True)
        lines = {line.pk: line for line in order.lines.all()}
        rows = [
            {
                "line": lines[pk].number, "name": lines[pk].name, "wanted": one.wanted, "unit": one.unit, "says": one.says, "sum": one.sum,
                "short": one.short, "holders": [f"{holder.name} {holder.units:,}" for holder in one.holders],
                "relaxations": [str(relaxation) for relaxation in one.relaxations],
            }
            for pk, one in found.items()
        ]  # fmt: skip
        output.show({"order": order.number, "lines": rows}, as_json=json, text=_sums)


@app.command()
def submit(context: typer.Context, number: Number, who: Who = "", json: Json = False, at: When = "") -> None:
    """Freeze the draft and ask for the approvals it needs."""
    with session.opened(context, as_json=json):
        from makegood.orders.actions import approval

        output.show(_order(approval.submit(session.order(number), by=session.actor(who), at=session.moment(at))), as_json=json)


@app.command()
def approve(
    context: typer.Context, number: Number, who: Who = "", reject: Annotated[str, typer.Option("--reject", help="Reject, for this reason.")] = "",
    json: Json = False, at: When = "",
) -> None:  # fmt: skip
    """Decide every approval of the order that is yours to decide; never your own."""
    with session.opened(context, as_json=json):
        from makegood.work.models import Approval
        from makegood.workflows.ordering import deciding

        by, order = session.actor(who), session.order(number)
        for asked in Approval.objects.filter(subject_type="orders.order", subject_id=order.pk, status="pending").order_by("pk"):
            deciding.decide(asked, "rejected" if reject else "approved", by=by, at=session.moment(at), reason=reject)
        output.show(_order(session.order(number)), as_json=json)


@app.command()
def sign(
    context: typer.Context, number: Number, name: Annotated[str, typer.Option("--name", help="The signature, as typed.")], who: Who = "",
    side: Annotated[str, typer.Option("--side", help="client or seller")] = "seller",
    on_paper: Annotated[str, typer.Option("--on-paper", help="Where a client's signature was seen.")] = "", json: Json = False, at: When = "",
) -> None:  # fmt: skip
    """Sign the approved revision for one side; both signatures make the order signed."""
    with session.opened(context, as_json=json):
        from makegood.orders.actions import signing

        signing.sign(session.order(number), side, name, by=session.actor(who), at=session.moment(at), on_paper=on_paper)
        output.show(_order(session.order(number)), as_json=json)


@app.command()
def book(context: typer.Context, number: Number, who: Who = "", json: Json = False, at: When = "") -> None:
    """Reserve the signed order's inventory, all or nothing."""
    with session.opened(context, as_json=json):
        from makegood.orders.actions import booking

        output.show(_order(booking.book(session.order(number), by=session.actor(who), at=session.moment(at))), as_json=json)


@app.command()
def ask(context: typer.Context, number: Number, who: Who = "", json: Json = False, at: When = "") -> None:
    """Ask for what is missing: one task a fact, due by the work-back from launch."""
    with session.opened(context, as_json=json):
        from makegood.workflows import readiness
        from makegood.workflows.ordering import asking

        order, when = session.order(number), session.moment(at)
        tasks = asking.ask(order, by=session.actor(who), at=when)
        owed = [{"title": task.title, "owner": str(task.owner or ""), "owed_by": str(task.owed_by or ""), "due": task.due_at} for task in tasks]
        output.show({"order": order.number, "readiness": readiness.of(order, at=when).says, "tasks": owed}, as_json=json)


app.command(name="run")(life.run)
app.command(name="verify")(sealed.verify)
app.command(name="seal-key")(sealed.key)
for _name, _command in changing.COMMANDS.items():
    app.command(name=_name)(_command)
app.add_typer(layouts.app, name="layouts", help="What was learnt from corrections of documents: list, test, forget.")


def _order(order: Any) -> dict[str, Any]:
    return {
        "order": order.number, "id": order.pk, "status": order.status, "advertiser": str(order.advertiser), "gross": order.gross,
        "net": order.net, "currency": order.currency, "start": order.start, "end": order.end, "revision": order.revision,
    }  # fmt: skip


def _sums(result: dict[str, Any]) -> str:
    return "\n".join(f"{row['line']:>3} {row['name'][:40]:<40} {row['says']}\n    {row['sum']}" for row in result["lines"])

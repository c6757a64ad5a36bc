"""The `makegood` command and its groups. Only names here; each group has a file of its own."""

import typer

from makegood.interfaces.cli import (
    approvals,
    approving,
    counts,
    creatives,
    delivery,
    money,
    orders,
    people,
    trafficking,
    warehouse,
    work,
)

app = typer.Typer(
    name="makegood", help="From insertion order to invoice: the promises of a media seller, kept.", no_args_is_help=True, pretty_exceptions_enable=False,
)  # fmt: skip
app.add_typer(orders.app, name="order", help="Insertion orders: read, import, check, approve, sign, book, run.")
app.add_typer(creatives.app, name="creative", help="Creative files: check, receive, decide.")
app.add_typer(trafficking.app, name="traffic", help="Assign creatives, compare with the signed order, publish.")
app.add_typer(counts.app, name="delivery", help="Other people's counts, and counting kept events anew.")
app.add_typer(work.app, name="case", help="Cases: open and resolve.")
app.add_typer(warehouse.app, name="warehouse", help="The event log as Parquet: ship it, roll it up, ask it.")
app.add_typer(people.app, name="people", help="People of this installation.")
app.add_typer(approvals.app, name="approval", help="Who approves what, delegating; decisions as files and the head of their chain.")
for name, command in approving.COMMANDS.items():
    approvals.app.command(name)(command)
app.command("verify-approval")(approvals.verify)
for name, command in {**delivery.COMMANDS, **money.COMMANDS}.items():
    app.command(name)(command)

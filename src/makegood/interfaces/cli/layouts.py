"""`makegood order layouts ...`: what was learnt from corrections, what it changes, and forgetting it."""

from typing import Annotated

import typer

from makegood.interfaces.cli import output, session
from makegood.interfaces.cli.output import Json
from makegood.interfaces.cli.session import When, Who

app = typer.Typer(no_args_is_help=True)
Number = Annotated[int, typer.Argument(help="The layout's number, as `list` shows it.")]


@app.command(name="list")
def every(context: typer.Context, who: Who = "", json: Json = False) -> None:
    """Layouts learnt, newest first: whose, which version, from which document, by whom, how many rules, in use or not."""
    with session.opened(context, as_json=json):
        from makegood.orders import queries

        rows = [
            {
                "layout": one.pk, "of": str(one.account or ""), "version": one.version, "learnt_from": str(one.learnt_from), "by": str(one.by or ""), "at": one.at,
                "fields": [rule["field"] for rule in one.rules["rules"]], "columns": one.rules["columns"], "in_use": one.forgotten_at is None,
            }
            for one in queries.layout_list(session.actor(who))
        ]  # fmt: skip
        output.show({"layouts": rows}, as_json=json)


@app.command()
def test(context: typer.Context, number: Number, who: Who = "", json: Json = False) -> None:
    """Read the documents it was learnt from again, without and with it, and say what changes and whether a person said the same."""
    with session.opened(context, as_json=json):
        from makegood.orders import queries

        found = queries.read_otherwise(_layout(number, who))
        rows = [{"document": one.document, "place": one.place, "without": one.without, "with": one.with_it, "put_right": one.put_right} for one in found]
        output.show({"layout": number, "changes": rows, "as_put_right": all(row["put_right"] in ("", row["with"]) for row in rows)}, as_json=json)


@app.command()
def forget(context: typer.Context, number: Number, who: Who = "", why: Annotated[str, typer.Option("--why")] = "", json: Json = False, at: When = "") -> None:
    """Put it out of use."""
    with session.opened(context, as_json=json):
        from makegood.orders.actions import learning

        layout = learning.forget(_layout(number, who), by=session.actor(who), at=session.moment(at), why=why)
        output.show({"layout": layout.pk, "in_use": False}, as_json=json)


def _layout(number: int, who: str):  # noqa: ANN202 - a Layout
    from makegood.core.errors import Invalid
    from makegood.orders import queries

    found = queries.layout_list(session.actor(who)).filter(pk=number).first()
    if found is None:
        raise Invalid(f"there is no layout {number}.", place="layout", remedy="See `makegood order layouts list`.")
    return found

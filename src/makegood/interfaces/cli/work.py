"""`makegood case ...`: a client's issue, a delivery incident, a billing request."""

from typing import Annotated, Any

import typer

from makegood.interfaces.cli import output, session
from makegood.interfaces.cli.output import Json
from makegood.interfaces.cli.session import When, Who

app = typer.Typer(no_args_is_help=True)


@app.command(name="open")
def begin(
    context: typer.Context, order: Annotated[str, typer.Argument(help="The campaign it is about.")], title: Annotated[str, typer.Argument()],
    who: Who = "", kind: Annotated[str, typer.Option(help="issue, incident or billing")] = "issue",
    severity: Annotated[str, typer.Option(help="low, normal or high")] = "normal",
    owner: Annotated[str, typer.Option(help="E-mail of who works on it; else yourself.")] = "", json: Json = False, at: When = "",
) -> None:  # fmt: skip
    """Open a numbered case with an owner and a clock by its severity."""
    with session.opened(context, as_json=json):
        from makegood.work.actions import cases

        by = session.actor(who)
        made = cases.open(
            session.order(order), kind=kind, title=title, owner=session.actor(owner) if owner else by, by=by, at=session.moment(at), severity=severity
        )
        output.show(_case(made), as_json=json)


@app.command()
def resolve(
    context: typer.Context, number: Annotated[int, typer.Argument(help="The case's number.")],
    cause: Annotated[str, typer.Option("--cause", help="Why it came to it, in a few words; causes are counted.")],
    resolution: Annotated[str, typer.Option("--resolution", help="What was done.")], who: Who = "", json: Json = False, at: When = "",
) -> None:  # fmt: skip
    """Resolve a case with its cause and what was done."""
    with session.opened(context, as_json=json):
        from makegood.work.actions import cases
        from makegood.work.models import Case

        found = Case.objects.get(number=number)
        output.show(_case(cases.resolve(found, cause=cause, resolution=resolution, by=session.actor(who), at=session.moment(at))), as_json=json)


def _case(case: Any) -> dict[str, Any]:
    return {
        "case": case.number, "title": case.title, "status": case.status, "owner": str(case.owner), "due": case.due_at, "cause": case.cause,
        "resolution": case.resolution,
    }  # fmt: skip

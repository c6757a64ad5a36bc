"""`makegood traffic ...`: creatives onto flights, the comparison by a second person, the plan to the ad servers."""

from typing import Annotated

import typer

from makegood.interfaces.cli import output, session
from makegood.interfaces.cli.output import Json
from makegood.interfaces.cli.session import When, Who

app = typer.Typer(no_args_is_help=True)
Number = Annotated[str, typer.Argument(help="The order's number, like MG-00012.")]


@app.command()
def assign(context: typer.Context, number: Number, who: Who = "", json: Json = False, at: When = "") -> None:
    """Put every approved creative of the order on the flights it fits and is not on yet."""
    with session.opened(context, as_json=json):
        from makegood.catalog.models import Placement
        from makegood.creatives.models import Version
        from makegood.orders.models import Flight
        from makegood.trafficking.actions import assigning
        from makegood.trafficking.models import Assignment
        from makegood.trafficking.plan import entries

        order, by, when = session.order(number), session.actor(who), session.moment(at)
        versions = list(Version.objects.filter(creative__root_type="orders.order", creative__root_id=order.pk, status="approved"))
        places = Placement.objects.in_bulk()
        there = set(Assignment.objects.filter(flight__line__order=order).exclude(status="removed").values_list("flight_id", "version_id"))
        made = [
            str(assigning.assign(flight, version, by=by, at=when))
            for flight in Flight.objects.filter(line__order=order, status__in=assigning.OPEN).select_related("line__order").order_by("pk")
            for version in versions
            if (flight.pk, version.pk) not in there and any(entries.fits(version, places[pk]) for pk in flight.placement_ids)
        ]
        output.show({"order": order.number, "assigned": made}, as_json=json)


@app.command()
def qa(context: typer.Context, number: Number, who: Who = "", json: Json = False, at: When = "") -> None:
    """Compare signed order, system and plan field by field; exit 1 when something stands in the way."""
    with session.opened(context, as_json=json):
        from makegood.trafficking.actions import qa as checking

        run = checking.run(session.order(number), by=session.actor(who), at=session.moment(at))
        differing = [check for check in run.checks if not check["equal"]]
        output.show({"order": number, "passed": run.passed, "fields": run.fields, "differing": differing}, as_json=json)
        if not run.passed:
            raise typer.Exit(output.REFUSED)


@app.command()
def publish(
    context: typer.Context, who: Who = "", order: Annotated[str, typer.Option("--order", help="Refuse when none of its flights is cleared.")] = "",
    why: Annotated[str, typer.Option("--why", help="Kept with the plan.")] = "", json: Json = False, at: When = "",
) -> None:  # fmt: skip
    """Compile all cleared flights into the plan the ad servers read; those left out are named."""
    with session.opened(context, as_json=json):
        from makegood.workflows import publishing

        named = session.order(order) if order else None
        made = publishing.publish(by=session.actor(who), at=session.moment(at), why=why or order, order=named)
        left = [{"flight": one.subject, "reason": one.reason, "remedy": one.remedy} for one in made.refused]
        plan = made.publication
        output.show(
            {"plan": plan.version, "sha256": plan.sha256, "flights": plan.flights, "readied": len(made.readied), "left_out": left}, as_json=json
        )

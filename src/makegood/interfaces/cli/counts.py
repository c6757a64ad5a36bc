"""`makegood delivery …`: other people's counts loaded, kept events counted anew, the rule sets they are counted by."""

import datetime
import pathlib
from typing import Annotated, Any

import typer

from makegood.interfaces.cli import output, session
from makegood.interfaces.cli.output import Json
from makegood.interfaces.cli.session import When, Who

app = typer.Typer(no_args_is_help=True)


@app.command("load-third-party")
def load_third_party(
    context: typer.Context, file: Annotated[pathlib.Path, typer.Argument(help="csv, xlsx or xls as the vendor sent it.")],
    vendor: Annotated[str, typer.Option("--vendor", help="Who counted.")],
    flights: Annotated[list[str], typer.Option("--map", help="PLACEMENT=FLIGHT: their id (or name) is this flight of ours; remembered.")] = [],  # noqa: B006
    ignore: Annotated[list[str], typer.Option("--ignore", help="Their placement is not ours to count; remembered.")] = [],  # noqa: B006
    columns: Annotated[list[str], typer.Option("--column", help="HEADER=FIELD (day, placement_id, placement, impressions, clicks, cost).")] = [],  # noqa: B006
    bills: Annotated[bool | None, typer.Option("--bills/--verifies", help="Whether its counts may be billed, or it only verifies; remembered.")] = None,
    preview: Annotated[bool, typer.Option("--preview", help="Show what would be counted and change nothing.")] = False,
    who: Who = "", json: Json = False, at: When = "",
) -> None:  # fmt: skip
    """Count a vendor's delivery file: all its rows or none; what stands in the way is named with sheet, row and column."""
    with session.opened(context, as_json=json):
        from django.db import transaction

        from makegood.core.errors import Invalid
        from makegood.delivery.actions import vendor_files
        from makegood.delivery.queries import vendor_files as queries
        from makegood.orders.models import Flight

        by, when = session.actor(who), session.moment(at)
        if not file.is_file():
            raise Invalid("there is no such file.", place=str(file), remedy="Name the file the vendor sent.")
        with transaction.atomic():
            load = vendor_files.receive(file, vendor=vendor, by=by, at=when)
            for header, field in (_pair(one, "--column") for one in columns):
                vendor_files.name_column(load, header, field, by=by, at=when)
            for placement, pk in (_pair(one, "--map") for one in flights):
                flight = Flight.objects.filter(pk=int(pk)).first() if pk.isdecimal() else None
                if flight is None:
                    raise Invalid(f"there is no flight {pk}.", place="--map", remedy="Flight ids stand on the trafficking sheet.")
                vendor_files.choose(load, placement, flight, by=by, at=when)
            for placement in ignore:
                vendor_files.choose(load, placement, None, by=by, at=when)
            load.refresh_from_db()
            view = queries.preview(load)
            if preview:
                transaction.set_rollback(True)
            else:
                vendor_files.confirm(load, by=by, at=when, bills=bills)
        output.show(_view(view, counted=not preview), as_json=json, text=_text)


@app.command()
def recount(
    context: typer.Context, first: Annotated[datetime.datetime, typer.Option("--from", formats=["%Y-%m-%d"], help="First UTC day.")],
    last: Annotated[datetime.datetime, typer.Option("--to", formats=["%Y-%m-%d"], help="Last UTC day.")],
    rules: Annotated[str, typer.Option("--rules", help="Version of the rule set; see `makegood delivery rules`.")],
    why: Annotated[str, typer.Option("--why", help="Do it, for this reason. Without it the difference is only shown.")] = "",
    who: Who = "", json: Json = False, at: When = "",
) -> None:  # fmt: skip
    """Count days anew from the kept events by a named rule set; issued bills keep theirs and get an adjustment."""
    with session.opened(context, as_json=json):
        from django.conf import settings

        from makegood.delivery.actions import recounting
        from makegood.workflows import recounting as workflow

        folder, by, when = pathlib.Path(settings.EVENTS_FOLDER), session.actor(who), session.moment(at)
        days = (first.date(), last.date())
        if why:
            found, adjustments = workflow.recount(folder, *days, rules, why=why, by=by, at=when)
        else:
            found, adjustments = recounting.preview(folder, *days, rules, by=by, at=when), []
        output.show({
            "rules": rules, "done": found.done is not None, "net": found.net, "changed": [one.plain() for one in found.changed],
            "not_given_by_the_kept_events": [one.plain() for one in found.missing],
            "adjustments": [{"invoice": str(one.invoice), "line": str(one.line), "amount": one.amount} for one in adjustments],
        }, as_json=json)  # fmt: skip


@app.command()
def rules(context: typer.Context, json: Json = False, at: When = "") -> None:
    """The rule sets of counting, with the day each starts."""
    with session.opened(context, as_json=json):
        from makegood.delivery import rulesets
        from makegood.delivery.models import CountingRules

        rulesets.load(at=session.moment(at))
        found = CountingRules.objects.order_by("starts_on", "version")
        output.show({"rules": [{"version": one.version, "from": one.starts_on, "words": one.data.get("words", "")} for one in found]}, as_json=json)


def _pair(text: str, option: str) -> tuple[str, str]:
    from makegood.core.errors import Invalid

    name, found, value = text.rpartition("=")
    if not found or not name:
        raise Invalid(f"{text!r} has no '='.", place=option, remedy="Write it like THEIRS=OURS.")
    return name, value.strip()


def _view(view: Any, *, counted: bool) -> dict[str, Any]:
    return view.file.to_json() | {
        "counted": counted, "flight_days": len(view.rows), "new": view.new, "changed": view.changed, "same": view.same,
        "unknown_placements": [
            {"placement": one.key, "name": one.name, "impressions": one.impressions,
             "likely": [{"flight": each.flight.pk, "name": str(each.flight), "score": round(each.score, 2)} for each in one.likely]}
            for one in view.unknown
        ],
        "problems": [{"severity": one.severity, "place": str(one.where), "message": one.message, "remedy": one.remedy} for one in view.problems],
    }  # fmt: skip


def _text(result: dict[str, Any]) -> str:
    where = f", sheet {result['sheet']}" if result["sheet"] else ""
    rows = [f"{result['file']}{where}: {len(result['rows'])} rows, {result['impressions']:,} impressions, days in {result['zone'] or 'a zone not said'}"]
    rows += [f"  {one['name']}: {one['said']:,} {'agrees' if one['agrees'] else 'against ' + format(one['sum'], ',')}" for one in result["totals"]]
    rows += [f"  {one['severity']}: {one['place']}: {one['message']} {one['remedy']}" for one in result["problems"]]
    for one in result["unknown_placements"]:
        likely = ", ".join(f"{each['flight']} ({each['name']}, {each['score']:.0%})" for each in one["likely"]) or "nothing like it"
        rows.append(f"  unknown: {one['placement']} {one['name']}, {one['impressions']:,}: {likely}")
    rows.append(f"{'Counted' if result['counted'] else 'Would count'}: {result['new']} new flight-days, {result['changed']} changed, {result['same']} as known")
    return "\n".join(rows)

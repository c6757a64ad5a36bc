"""`makegood count`, `pace`, `report`, `status`: what was delivered, where it stands, the proof of it."""

import datetime
import pathlib
from typing import Annotated, Any

import typer

from makegood.interfaces.cli import output, session
from makegood.interfaces.cli.output import Json
from makegood.interfaces.cli.session import When, Who


def count(context: typer.Context, json: Json = False, at: When = "") -> None:
    """Read the ad servers' events into facts, each once; flights with a first impression go live."""
    with session.opened(context, as_json=json):
        from django.conf import settings

        from makegood.delivery.actions import counting
        from makegood.delivery.models import Fact
        from makegood.trafficking.actions import proving

        when = session.moment(at)
        counted = counting.count_all(pathlib.Path(settings.EVENTS_FOLDER), at=when)
        unseen = Fact.objects.filter(flight__live_proof__isnull=True, net__gt=0).values_list("flight_id", "net")
        sums: dict[int, int] = {}
        for flight, net in unseen:
            sums[flight] = sums.get(flight, 0) + net
        live = proving.seen(sums, by=None, at=when)
        output.show({"read": counted.read, "accepted": counted.accepted, "filtered": counted.filtered, "live": len(live)}, as_json=json)


def pace(context: typer.Context, json: Json = False, at: When = "") -> None:
    """Where every running line stands against its promise; the worst first."""
    with session.opened(context, as_json=json):
        from makegood.delivery.actions import pacing, recommending

        when = session.moment(at)
        rows = pacing.compute(pacing.running_lines(), by=None, at=when)
        recommending.recommend(rows, by=None, at=when)
        lines = [
            {
                "line": str(row.line), "state": row.state, "goal": row.goal, "delivered": row.delivered, "expected": row.expected,
                "projected": row.projected, "at_risk": row.at_risk, "finding": row.finding,
            }
            for row in sorted(rows, key=lambda row: -row.at_risk) if row.line.status != "completed"
        ]  # fmt: skip
        output.show({"as_of": when, "lines": lines}, as_json=json, text=_standings)


def report(
    context: typer.Context, number: Annotated[str, typer.Argument(help="The order's number.")],
    out: Annotated[pathlib.Path, typer.Option("--out", help="Folder for PDF, workbook and deck.")] = pathlib.Path("."), who: Who = "",
    json: Json = False, at: When = "",
) -> None:  # fmt: skip
    """Make the wrap-up report of an order in three formats."""
    with session.opened(context, as_json=json):
        from makegood.insight.actions import reporting

        made = reporting.make(session.order(number), by=session.actor(who), at=session.moment(at))
        out.mkdir(parents=True, exist_ok=True)
        names = []
        for file in made.files.order_by("pk"):
            (out / file.name).write_bytes(file.path.read_bytes())
            names.append(str(out / file.name))
        output.show({"order": number, "headline": made.data["headline"], "files": names}, as_json=json)


def status(context: typer.Context, json: Json = False, at: When = "") -> None:
    """The leadership page as text: revenue by state against goal, promises at risk, roadblocks."""
    with session.opened(context, as_json=json):
        output.show(_status(session.moment(at)), as_json=json, text=_page)


def _status(now: datetime.datetime) -> dict[str, Any]:
    from decimal import Decimal

    from makegood.delivery.models import Pace
    from makegood.insight import revenue
    from makegood.work.models import Task

    start = revenue.quarter(now.date())
    cells = revenue.cells(start, 3, today=now.date())
    sums = {state: sum((getattr(cell, state) for cell in cells), Decimal(0)) for state in (*revenue.STATES, "goal", "gap")}
    risks = Pace.objects.filter(state__in=("risk", "blocked")).exclude(line__status="completed").select_related("line__order__advertiser__party")
    late = Task.objects.filter(status="open", due_at__lt=now).exclude(amount=None).select_related("owner").order_by("-amount")[:5]
    return {
        "quarter": start, "revenue": sums,
        "at_risk": [
            {"client": str(row.line.order.advertiser), "line": row.line.name, "at_risk": row.at_risk, "finding": row.finding}
            for row in risks.order_by("-at_risk")[:8]
        ],
        "roadblocks": [{"title": task.title, "owner": str(task.owner or ""), "due": task.due_at, "holds": task.amount} for task in late],
    }  # fmt: skip


def _page(result: dict[str, Any]) -> str:
    rows = [f"Quarter from {result['quarter']}"]
    rows += [f"  {name:<12} {amount:>14,.0f}" for name, amount in result["revenue"].items()]
    rows += ["Promises at risk"] + [f"  {one['at_risk']:>10,.0f}  {one['client']}, {one['line']}: {one['finding']}" for one in result["at_risk"]]
    rows += ["Roadblocks"] + [f"  {one['holds']:>10,.0f}  {one['title']} ({one['owner'] or 'nobody'})" for one in result["roadblocks"]]
    return "\n".join(rows)


def _standings(result: dict[str, Any]) -> str:
    return "\n".join(
        f"{one['state']:<8} {one['delivered']:>12,} of {one['goal']:>12,}  {one['at_risk']:>10,.2f}  {one['line']}: {one['finding']}"
        for one in result["lines"]
    )


COMMANDS = {"count": count, "pace": pace, "report": report, "status": status}

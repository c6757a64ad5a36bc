"""`makegood order run`: one document's whole life with a live list of its twelve stages."""

import json as encoding
import pathlib
import time
from typing import TYPE_CHECKING, Annotated

import typer

from makegood.interfaces.cli import output, session
from makegood.interfaces.cli.output import Json

if TYPE_CHECKING:
    from rich.console import Console

    from makegood.workflows.order_life import Life


def run(
    context: typer.Context, file: Annotated[pathlib.Path, typer.Argument(help="The document: xlsx, xls, csv or pdf.")],
    out: Annotated[pathlib.Path, typer.Option("--out", help="Folder for the documents it makes.")] = pathlib.Path("makegood-out"),
    yes: Annotated[bool, typer.Option("--yes", help="Take every default: new accounts, doubtful lines as the document's total.")] = False,
    seed: Annotated[int, typer.Option(help="Seed of the replayed traffic.")] = 1,
    requests: Annotated[int, typer.Option(help="HTTP requests to the ad server.")] = 300, json: Json = False,
) -> None:  # fmt: skip
    """The whole life of an order: read, booked, made ready, served, counted, paced, proved, billed, paid."""
    if not file.is_file():
        output.fail("there is no such file", str(file), "Check the path.", as_json=json)
    with session.opened(context, as_json=json):
        from rich.console import Console

        life = shown(file, out, Console(stderr=json), accept_defaults=yes, seed=seed, requests=requests)
        if json:
            print((out / "summary.json").read_text("utf-8").rstrip())
        else:
            print(encoding.dumps({"folder": str(out), "files": sorted(life.files.values())}, indent=1))


def shown(file: pathlib.Path, out: pathlib.Path, console: "Console", *, accept_defaults: bool, seed: int = 1, requests: int = 300) -> "Life":
    """Run a life with its stages shown as they come. An empty installation gets the demo seller's catalogue first."""
    from django.conf import settings
    from rich.live import Live

    from makegood.interfaces.cli.progress import Board
    from makegood.workflows import order_life
    from makegood.workflows.demo import loading

    if accept_defaults and not loading.loaded():
        console.print("This installation is empty: setting up the demo seller Northlight Media without its history.")
        loading.load(seed=seed, now=session.moment(), password=settings.MAKEGOOD_DEMO_PASSWORD, size=loading.STANDING)
    board = Board(file.name, time.monotonic)
    with Live(board, console=console, refresh_per_second=4) as live:
        life = order_life.run(
            file, out=out, now=session.moment(), accept_defaults=accept_defaults, seed=seed, requests=requests,
            told=lambda stage, figure, seconds: live.update(board.told(stage, figure, seconds)),
        )  # fmt: skip
    console.print()
    for note in life.notes:
        console.print(f"  · {note}", style="dim", highlight=False, markup=False)
    return life

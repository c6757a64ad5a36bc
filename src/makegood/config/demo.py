"""`makegood demo`: the demo seller with a year of history, one order run through its whole life, everything left running."""

import os
import pathlib
import shutil
import sys
import time
from typing import Annotated

import typer
from rich.console import Console

from makegood.config import home

MARK = "demo-seller"  # stands in a home that the demo made: only such a one is thrown away


def demo(
    once: Annotated[bool, typer.Option("--once", help="Exit after the main job with its status.")] = False,
    reset: Annotated[bool, typer.Option("--reset", help="Throw the demo's data away and start anew.")] = False,
    seed: Annotated[int, typer.Option(help="Another seed, another year of history.")] = 1,
    seed_only: Annotated[bool, typer.Option("--seed-only", hidden=True, help="Load the data, run nothing.")] = False,
) -> None:
    """Load the demo seller, run an order through its whole life, and leave web, worker and ad server running."""
    console = Console()
    try:
        _demo(console, once=once, reset=reset, seed=seed, seed_only=seed_only)
    except KeyboardInterrupt:
        console.print("Stopped.")
        sys.exit(130)


def _demo(console: Console, *, once: bool, reset: bool, seed: int, seed_only: bool) -> None:
    os.environ.setdefault("MAKEGOOD_HOME", str(home.default_home() / "demo"))
    os.environ["MAKEGOOD_DEMO"] = "1"
    began = time.monotonic()
    if reset:
        _forget(console)
    from makegood.config import installation

    with installation.prepared() as addresses:
        _load(console, seed)
        if seed_only:
            return
        status = _main_job(console, seed)
        if once:
            sys.exit(status)
        with installation.serving(addresses) as family:
            _welcome(console, addresses.web, time.monotonic() - began)
            from makegood.config.serve import restarted

            family.watch(lambda process: restarted(console, process))
            console.print("Stopping …")


def _forget(console: Console) -> None:
    """Remove the demo's own folder; a database of yours is yours to empty."""
    if os.environ.get("DATABASE_URL"):
        console.print("[red]DATABASE_URL is set:[/] the demo does not empty a database it did not make. Empty it, then run this again.")
        sys.exit(2)
    folder = pathlib.Path(os.environ["MAKEGOOD_HOME"])
    if not folder.exists():
        return
    if any(folder.iterdir()) and not (folder / MARK).exists():
        console.print(f"[red]{folder} holds no demo[/] (no file {MARK} in it), so nothing is removed. Set MAKEGOOD_HOME to the demo's folder.")
        sys.exit(2)
    shutil.rmtree(folder)
    console.print(f"Removed {folder}.")


def _load(console: Console, seed: int) -> None:
    """Load the demo seller when there is none; a bar says what is being made."""
    from makegood.core.models import Seller

    if Seller.objects.exists():  # asked before anything of the demo is imported: a second start is quick
        return
    from django.conf import settings
    from django.utils import timezone
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

    from makegood.workflows.demo import loading

    (home.home() / MARK).touch()
    began = time.monotonic()
    columns = (TextColumn("[bold]Loading the demo seller[/] {task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as bar:
        task = bar.add_task("", total=1.0)
        loading.load(
            seed=seed, now=timezone.now(), password=settings.MAKEGOOD_DEMO_PASSWORD,
            progress=lambda what, share: bar.update(task, description=what, completed=share),
        )  # fmt: skip
        bar.update(task, description="done", completed=1.0)
    console.print(f"A year of history in {time.monotonic() - began:.1f} s.", highlight=False)


def _main_job(console: Console, seed: int) -> int:
    """One order from document to invoice, the first time; later only where its papers lie. 0 when all went well."""
    folder = home.folder("documents")
    done = sorted(folder.glob("*/summary.json"))
    if done:
        console.print(f"The main job was done before: its documents lie in [bold]{done[0].parent}[/].", highlight=False)
        return 0
    from django.utils import timezone

    from makegood.core.errors import Refused
    from makegood.interfaces.cli import life
    from makegood.workflows.demo import samples

    sample = samples.write(folder / "samples", timezone.localdate())["digital"]
    out = folder / sample.stem
    console.print(f"\nOne order's whole life, from [bold]{sample.name}[/] to the paid invoice:", highlight=False)
    try:
        made = life.shown(sample, out, console, accept_defaults=True, seed=seed)
    except Refused as refusal:
        console.print(f"[red]{refusal}[/]", highlight=False)
        return 1
    console.print(f"{len(made.files)} documents in [bold]{out}[/]; two more samples beside it for `makegood order run FILE --out DIR`.", highlight=False)
    return 0


def _welcome(console: Console, address: str, seconds: float) -> None:
    """Where it runs and whom one may be."""
    from django.conf import settings

    from makegood.core import people

    console.print(f"\n[bold]Makegood[/] is up on [link={address}]{address}[/] after {seconds:.0f} s. Sign in as any of, password {settings.MAKEGOOD_DEMO_PASSWORD}:")
    for person in people.demo_list():
        console.print(f"  {person.email:<36} {person.name}, {person.title or people.role_names(person)}", highlight=False)
    console.print(f"Data in {home.home()}. Ctrl-C stops everything.", highlight=False)

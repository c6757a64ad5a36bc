"""`makegood serve`: web, worker, ad server and database of this installation until Ctrl-C."""

from rich.console import Console

from makegood.config import home, installation
from makegood.config.processes import Process


def serve() -> None:
    """Run web, worker, ad server and, unless DATABASE_URL is set, the embedded database. Ctrl-C stops all of it."""
    console = Console()
    with installation.prepared() as addresses, installation.serving(addresses) as family:
        console.print(f"[bold]Makegood[/] on {addresses.web}   ad server on {addresses.adserver}")
        console.print(f"Data in {home.home()}, logs in {home.folder('logs')}. Ctrl-C stops everything.")
        family.watch(lambda process: restarted(console, process))
        console.print("Stopping …")


def restarted(console: Console, process: Process) -> None:
    """Say that a process fell and is started again, with the end of its log."""
    console.print(f"[yellow]{process.name} stopped and is started again.[/] Its log ends:\n{process.tail(400)}")

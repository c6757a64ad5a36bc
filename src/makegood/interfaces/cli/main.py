"""The `makegood` command and its groups. Only names here; each group has a file of its own."""

import typer

app = typer.Typer(name="makegood", help="From insertion order to invoice: the promises of a media seller, kept.", no_args_is_help=True)
